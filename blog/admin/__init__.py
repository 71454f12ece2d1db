"""Admin of the blog: articles, comments, documents, pages, images, imports and the moderation settings."""

from . import articles, comments, documents, imports, pages, pictures, policy

__all__ = ["articles", "comments", "documents", "imports", "pages", "pictures", "policy"]
