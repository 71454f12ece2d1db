"""Models: articles with topics and sources, pages, comments, moderation and imports."""

from .articles import Article, Source, Topic
from .comments import Comment, ThreadPage
from .documents import Document
from .imports import Imported, ImportedFile, ImportedTerm, ImportLine, ImportRun, Redirect
from .menus import MenuLink
from .moderation import (
    BlockedSender,
    CommentMailChoice,
    CommentPolicy,
    ReadyPhrase,
    Report,
    TrustedWriter,
    UnsubscribedAddress,
)
from .pages import Page
from .pictures import Picture
from .versions import Autosave, PolicyVersion, Version

__all__ = [
    "Article",
    "Autosave",
    "BlockedSender",
    "Comment",
    "CommentMailChoice",
    "CommentPolicy",
    "Document",
    "ImportLine",
    "ImportRun",
    "Imported",
    "ImportedFile",
    "ImportedTerm",
    "MenuLink",
    "Page",
    "Picture",
    "PolicyVersion",
    "ReadyPhrase",
    "Redirect",
    "Report",
    "Source",
    "ThreadPage",
    "Topic",
    "TrustedWriter",
    "UnsubscribedAddress",
    "Version",
]
