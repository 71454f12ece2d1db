"""Rows: articles with their topics and sources, and the comments under them."""

from .articles import Article, Source, Topic
from .comments import Barred, Comment, CommentPolicy, QuietAddress, Report, ThreadPage

__all__ = [
    "Article",
    "Barred",
    "Comment",
    "CommentPolicy",
    "QuietAddress",
    "Report",
    "Source",
    "ThreadPage",
    "Topic",
]
