"""Transactions of the blog. The current time is always an argument."""

from .articles import publish_article, redirect_from, render_article
from .inbox import OPEN, Conversation, open_conversation
from .menus import lock_menus, reload_menus, save_menus
from .moderating import (
    DECIDED,
    approve_comment,
    block_senders,
    change_comment,
    erase_comments,
    moderate_comments,
    undo_moderation,
)
from .pages import consent_versions, create_first_pages, publish_page, refresh_first_pages
from .policy_versions import policy_values, restore_policy, save_policy
from .posting import (
    CommentsClosedError,
    InvalidParentError,
    Sender,
    TooLateToEditError,
    edit_own_comment,
    post_comment,
    staff_sender,
)
from .refreshing import refresh_articles, refresh_threads
from .reporting import report_comment
from .thread_pages import refresh_thread
from .trusting import stop_trusting_writer, trust_writer, with_trust
from .versions import autosave, drop_autosave, restore_version, save_version, unsaved_text

__all__ = [
    "DECIDED",
    "OPEN",
    "CommentsClosedError",
    "Conversation",
    "InvalidParentError",
    "Sender",
    "TooLateToEditError",
    "approve_comment",
    "autosave",
    "block_senders",
    "change_comment",
    "consent_versions",
    "create_first_pages",
    "drop_autosave",
    "edit_own_comment",
    "erase_comments",
    "lock_menus",
    "moderate_comments",
    "open_conversation",
    "policy_values",
    "post_comment",
    "publish_article",
    "publish_page",
    "redirect_from",
    "refresh_articles",
    "refresh_first_pages",
    "refresh_thread",
    "refresh_threads",
    "reload_menus",
    "render_article",
    "report_comment",
    "restore_policy",
    "restore_version",
    "save_menus",
    "save_policy",
    "save_version",
    "staff_sender",
    "stop_trusting_writer",
    "trust_writer",
    "undo_moderation",
    "unsaved_text",
    "with_trust",
]
