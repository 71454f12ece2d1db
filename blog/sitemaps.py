"""What search engines may find here; the front door puts it into /sitemap.xml."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from blog.models import Article, Topic
from blog.querysets import ArticleQuerySet, TopicQuerySet


class ArticleSitemap(Sitemap):
    """Every article readers can open."""

    def items(self) -> ArticleQuerySet:
        """Newest first."""
        return (
            Article.objects.published(timezone.now())
            .newest_first()
            .only("slug", "changed_at", "published_at")
        )

    def lastmod(self, article: Article) -> datetime:
        """With its conversation."""
        return article.changed_at


class TopicSitemap(Sitemap):
    """The lists by topic."""

    def items(self) -> TopicQuerySet:
        """Topics that have something to read."""
        return Topic.objects.with_articles(timezone.now()).order_by("pk")
