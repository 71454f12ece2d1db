"""Rows: articles with their topics and sources, and the comments under them."""

from .articles import Article, Source, Topic
from .comments import Comment, ThreadPage
from .imports import Imported, ImportLine, ImportRun, OldAddress, OldFile, OldTerm
from .moderation import Barred, CommentPolicy, QuietAddress, Report
from .pictures import Picture
from .versions import Autosave, PolicyVersion, Version

__all__ = [
    "Article",
    "Autosave",
    "Barred",
    "Comment",
    "CommentPolicy",
    "ImportLine",
    "ImportRun",
    "Imported",
    "OldAddress",
    "OldFile",
    "OldTerm",
    "Picture",
    "PolicyVersion",
    "QuietAddress",
    "Report",
    "Source",
    "ThreadPage",
    "Topic",
    "Version",
]
