"""Sitemaps of articles and topics; the project's URLconf includes them in /sitemap.xml."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from blog.models import Article, Page, Topic
from blog.querysets import ArticleQuerySet, TopicQuerySet


class ArticleSitemap(Sitemap):
    """All public articles."""

    def items(self) -> ArticleQuerySet:
        """Return the public articles, newest first."""
        return (
            Article.objects.published(timezone.now())
            .newest_first()
            .only("kind", "slug", "changed_at", "published_at")
        )

    def lastmod(self, article: Article) -> datetime:
        """Return the last change, comments included."""
        return article.changed_at


class PageSitemap(Sitemap):
    """The pages of the site."""

    def items(self) -> ArticleQuerySet:
        """Return the public pages."""
        return Page.objects.published_pages(timezone.now()).order_by("pk").only("kind", "slug", "changed_at")

    def lastmod(self, page: Page) -> datetime:
        """Return the last change."""
        return page.changed_at


class TopicSitemap(Sitemap):
    """The article lists by topic."""

    def items(self) -> TopicQuerySet:
        """Return the topics with public articles."""
        return Topic.objects.with_articles(timezone.now()).order_by("pk")
