"""The therapist's side of the blog: writing articles, and the queue of comments."""

from . import articles, comments, imports, pictures, policy

__all__ = ["articles", "comments", "imports", "pictures", "policy"]
