"""Sitemaps of articles and topics; the project's URLconf includes them in /sitemap.xml."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from blog.models import Article, Topic
from blog.querysets import ArticleQuerySet, TopicQuerySet


class ArticleSitemap(Sitemap):
    """All public articles."""

    def items(self) -> ArticleQuerySet:
        """Return the public articles, newest first."""
        return (
            Article.objects.published(timezone.now())
            .newest_first()
            .only("slug", "changed_at", "published_at")
        )

    def lastmod(self, article: Article) -> datetime:
        """Return the last change, comments included."""
        return article.changed_at


class TopicSitemap(Sitemap):
    """The article lists by topic."""

    def items(self) -> TopicQuerySet:
        """Return the topics with public articles."""
        return Topic.objects.with_articles(timezone.now()).order_by("pk")
