"""Admin of the blog: articles, comments, images, imports and the moderation settings."""

from . import articles, comments, imports, pictures, policy

__all__ = ["articles", "comments", "imports", "pictures", "policy"]
