"""Admin of the blog: articles, comments, documents, images, imports and the moderation settings."""

from . import articles, comments, documents, imports, pictures, policy

__all__ = ["articles", "comments", "documents", "imports", "pictures", "policy"]
