"""Atom feed of the newest articles, with their full text."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from blog.models import Article
from common.practice import practice_details

NEWEST = 20
_OWN_ADDRESS = re.compile(r'(href|src)="(/[^/"][^"]*|/)"')


class _AtomWithContent(Atom1Feed):
    """Atom with a content element beside the summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class ArticleFeed(Feed):
    """The newest articles, newest first."""

    feed_type = _AtomWithContent
    subtitle = _("Plain answers to what women ask after birth, with the studies behind them.")

    def title(self) -> str:
        """Return the feed's title with the name of the practice."""
        return _("%(name)s: articles") % practice_details()

    def link(self) -> str:
        """Return the URL of the article list."""
        return settings.SITE_URL + reverse("articles")

    def feed_url(self) -> str:
        """Return the URL of this feed."""
        return settings.SITE_URL + reverse("articles_feed")

    def items(self) -> list[Article]:
        """Return the NEWEST articles with topic and author, in one query."""
        return list(Article.objects.published(timezone.now()).with_byline().newest_first()[:NEWEST])

    def item_title(self, article: Article) -> str:
        """Return the article's title."""
        return article.title

    def item_description(self, article: Article) -> str:
        """Return the article's summary."""
        return article.summary

    def item_link(self, article: Article) -> str:
        """Return the article's public URL."""
        return settings.SITE_URL + article.get_absolute_url()

    def item_guid(self, article: Article) -> str:
        """Return a tag URI (RFC 4151) that survives a change of the slug, so that feed readers do not show the article as new."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{article.created_at:%Y-%m-%d}:article/{article.pk}"

    def item_author_name(self, article: Article) -> str:
        """Return the byline, or the therapist's name if the article has none."""
        return article.byline or practice_details()["therapist"]

    def item_pubdate(self, article: Article) -> datetime | None:
        """Return the time of publication."""
        return article.published_at

    def item_updateddate(self, article: Article) -> datetime:
        """Return when the text last changed."""
        return article.words_changed_at

    def item_categories(self, article: Article) -> list[str]:
        """Return the topic's name, if there is a topic."""
        return [article.topic.name] if article.topic else []

    def item_extra_kwargs(self, article: Article) -> dict[str, str]:
        """Return the body with absolute URLs in place of relative ones."""
        body = article.body.replace('href="#', f'href="{article.get_absolute_url()}#')
        return {"content": _OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}\2"', body)}
