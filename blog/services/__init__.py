"""The verbs of this room: each writes in one transaction, and time is passed in."""

from .articles import finish_article, publish_article
from .comments import (
    Sender,
    approve_comment,
    change_comment,
    delete_comments,
    moderate_comments,
    post_comment,
)
from .thread_pages import refresh_thread

__all__ = [
    "Sender",
    "approve_comment",
    "change_comment",
    "delete_comments",
    "finish_article",
    "moderate_comments",
    "post_comment",
    "publish_article",
    "refresh_thread",
]
