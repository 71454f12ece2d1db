"""The articles as an Atom feed, whole, for those who read elsewhere."""

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

NEWEST = 20
_OWN_ADDRESS = re.compile(r'(href|src)="(/[^/"][^"]*|/)"')


class _AtomWithContent(Atom1Feed):
    """Atom with the whole text beside the summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class ArticleFeed(Feed):
    """The newest articles, newest first."""

    feed_type = _AtomWithContent
    subtitle = _("Plain answers to what women ask after birth, with the studies behind them.")

    def title(self) -> str:
        """Whose articles."""
        return _("%(name)s: articles") % settings.PRACTICE

    def link(self) -> str:
        """The list they come from."""
        return settings.SITE_URL + reverse("articles")

    def feed_url(self) -> str:
        """Where this is."""
        return settings.SITE_URL + reverse("articles_feed")

    def items(self) -> list[Article]:
        """In one query."""
        return list(Article.objects.published(timezone.now()).with_byline().newest_first()[:NEWEST])

    def item_title(self, article: Article) -> str:
        """Its title."""
        return article.title

    def item_description(self, article: Article) -> str:
        """Its summary."""
        return article.summary

    def item_link(self, article: Article) -> str:
        """Where readers find it."""
        return settings.SITE_URL + article.get_absolute_url()

    def item_guid(self, article: Article) -> str:
        """Its lasting id (RFC 4151): a new address does not make it new to those who follow."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{article.created_at:%Y-%m-%d}:article/{article.pk}"

    def item_author_name(self, article: Article) -> str:
        """Who wrote it."""
        return article.byline or settings.PRACTICE["therapist"]

    def item_pubdate(self, article: Article) -> datetime | None:
        """When it came out."""
        return article.published_at

    def item_updateddate(self, article: Article) -> datetime:
        """When its words last changed."""
        return article.words_changed_at

    def item_categories(self, article: Article) -> list[str]:
        """Its topic."""
        return [article.topic.name] if article.topic else []

    def item_extra_kwargs(self, article: Article) -> dict[str, str]:
        """Its words, with addresses that work from everywhere."""
        body = article.body.replace('href="#', f'href="{article.get_absolute_url()}#')
        return {"content": _OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}\2"', body)}
