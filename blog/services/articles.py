"""Saves articles: the HTML is sanitized and rendered on save, not on each request."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from blog.models import Article, Redirect, Source, Topic
from blog.querysets import former_slug_key
from blog.sanitizing import clean_article, plain_text
from common.members import User

from .rendering import picture_html, with_anchors, with_pictures
from .share_cards import share_card

WORDS_PER_MINUTE = 220
RENDERED_FIELDS = ("body", "rendered", "words", "share_key", "reading_minutes")


@transaction.atomic
def publish_article(
    *,
    slug: str,
    title: str,
    summary: str,
    body: str,
    topic: Topic | tuple[str, str],
    now: datetime,
    author: User | None = None,
    sources: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Article:
    """Create or update the article with this slug and publish it.

    `topic` is a Topic or a pair (slug, name); `sources` are pairs (text, url) in order; `fields` may contain published_at
    (default `now`), reviewed_by and reviewed_on.
    """
    if isinstance(topic, tuple):
        topic, _ = Topic.objects.get_or_create(slug=topic[0], defaults={"name": topic[1]})
    values = {"title": title, "summary": summary, "body": body, "topic": topic, "author": author}
    article, _ = Article.objects.update_or_create(
        slug=slug, defaults={"published_at": now, **fields, **values, "status": Article.Status.PUBLISHED}
    )
    article.sources.all().delete()
    Source.objects.bulk_create(
        Source(article=article, position=position, text=text, url=url)
        for position, (text, url) in enumerate(sources, start=1)
    )
    return render_article(article, now)


def redirect_from(slug: str, article: Article) -> None:
    """Redirect the former slug of an article or page to its current URL."""
    target = {"article": article, "topic": None, "picture": None, "document": None, "place": ""}
    key = slug.lower() if article.is_page else former_slug_key(slug)
    Redirect.objects.update_or_create(key=key, defaults=target)


@transaction.atomic
def render_article(article: Article, now: datetime) -> Article:
    """Sanitize and render the article and set its times of change; call it after every change of the text."""
    article.changed_at = article.words_changed_at = now
    article.save(update_fields=["changed_at", "words_changed_at"])
    return rerender_article(article)


@transaction.atomic
def rerender_article(article: Article) -> Article:
    """Render the article again without changing its times, after a change of templates."""
    article.body = clean_article(article.body)
    body, contents = with_anchors(article.body)
    parts = {
        "cover": picture_html(article.cover, first=True) if article.cover else "",
        "body": with_pictures(body),
        "contents": contents,
        "sources": list(article.sources.all()),
    }
    article.rendered = render_to_string("blog/_rendered.html", parts)
    article.share_key = share_card(article.title)
    article.words = plain_text(article.body)
    article.reading_minutes = reading_minutes(article.words)
    article.save(update_fields=RENDERED_FIELDS)
    return article


def reading_minutes(words: str) -> int:
    """Return the reading time in whole minutes, at least 1."""
    return max(1, ceil(len(words.split()) / WORDS_PER_MINUTE))
