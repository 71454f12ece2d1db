"""Streams articles and comments as a WordPress export file (WXR).

WordPress imports it, and our importer restores it without loss: what WXR has no field for is in one custom field. URLs
of images and links are absolute, so that they work on another site.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Max, Q, QuerySet

from blog.importers.wordpress.reading.vocabulary import (
    ALT_META,
    NAMESPACES,
    NO_DATE,
    OWN_GENERATOR,
    OWN_META,
    THUMBNAIL_META,
    WXR_VERSION,
)
from blog.models import Article, Comment, Document, ImportedTerm, Picture, Topic
from blog.moderation import Status
from common.members import User
from common.practice import practice_details

from .wxr import absolute, cdata, element, group, meta

CHUNK_SIZE = 100
PRIMARY_META = "_yoast_wpseo_primary_category"
COMMENT_STATUS = {Status.APPROVED: "1", Status.PENDING: "0", Status.SPAM: "spam", Status.TRASH: "trash"}


def wordpress_export(now: datetime, *, keep_emails: bool = False) -> Iterator[str]:
    """Yield the file in pieces. With `keep_emails` it contains commenters' email addresses."""
    yield from _head()
    for user in _authors():
        yield _author(user)
    yield from _terms()
    last = Article.objects.aggregate(last=Max("pk"))["last"] or 0
    for picture in Picture.objects.order_by("pk").iterator(chunk_size=CHUNK_SIZE):
        yield _attachment(picture, last + picture.pk, picture.alt, {ALT_META: picture.alt})
    last_picture = Picture.objects.aggregate(last=Max("pk"))["last"] or 0
    for document in Document.objects.order_by("pk").iterator(chunk_size=CHUNK_SIZE):
        yield _attachment(document, last + last_picture + document.pk, document.name, {})
    articles = Article.objects.select_related("topic", "author").order_by("pk")
    articles = articles.defer("rendered", "words", "search")
    for article in articles.prefetch_related("sources", "imported_terms").iterator(chunk_size=CHUNK_SIZE):
        yield from _article(article, last, now, keep_emails)
    yield "</channel>\n</rss>\n"


def _head() -> Iterator[str]:
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    yield f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" {spaces}>\n<channel>\n'
    yield element("title", practice_details()["name"])
    yield element("link", settings.SITE_URL)
    yield element("generator", OWN_GENERATOR)
    yield element("wp:wxr_version", WXR_VERSION)
    yield element("wp:base_site_url", settings.SITE_URL)
    yield element("wp:base_blog_url", settings.SITE_URL)


def _authors() -> QuerySet[Any]:
    """Return the authors of articles, and staff who commented."""
    wrote = Article.objects.exclude(author=None).values("author")
    answered = Comment.objects.filter(author__is_staff=True).values("author")
    return get_user_model().objects.filter(Q(pk__in=wrote) | Q(pk__in=answered)).order_by("pk")


def _author(user: User) -> str:
    return group(
        "wp:author",
        ("wp:author_id", user.pk),
        ("wp:author_login", _login(user)),
        ("wp:author_email", user.email),
        ("wp:author_display_name", escape(user.pen_name or user.name, quote=False)),
    )


def _terms() -> Iterator[str]:
    """Yield topics as categories, then the imported categories and tags that are not topics."""
    slugs = set()
    for topic in Topic.objects.all():
        slugs.add(topic.slug)
        yield _category(topic.slug, topic.name, topic.description, topic.pk)
    for term in ImportedTerm.objects.order_by("taxonomy", "slug").distinct("taxonomy", "slug"):
        if term.taxonomy == ImportedTerm.Taxonomy.TAG:
            name = escape(term.name, quote=False)
            yield group("wp:tag", ("wp:tag_slug", term.slug), ("wp:tag_name", name))
        elif term.slug not in slugs:
            yield _category(term.slug, term.name, term.description)


def _category(slug: str, name: str, description: str, number: int | None = None) -> str:
    return group(
        "wp:category",
        ("wp:term_id", "" if number is None else number),
        ("wp:category_nicename", slug),
        ("wp:category_parent", ""),
        ("wp:cat_name", escape(name, quote=False)),
        ("wp:category_description", escape(description, quote=False)),
    )


def _attachment(file: Picture | Document, number: int, title: str, fields: dict[str, object]) -> str:
    address = settings.SITE_URL + file.get_absolute_url()
    return group(
        "item",
        ("title", escape(title, quote=False)),
        ("link", address),
        ("wp:post_id", number),
        ("wp:post_date_gmt", f"{file.uploaded_at:%Y-%m-%d %H:%M:%S}"),
        ("wp:status", "inherit"),
        ("wp:post_parent", 0),
        ("wp:post_type", "attachment"),
        ("wp:attachment_url", address),
        more=meta("wp:postmeta", fields),
    )


def _article(article: Article, last: int, now: datetime, keep_emails: bool) -> Iterator[str]:
    said = article.published_at or article.created_at
    yield "<item>\n"
    yield element("title", escape(article.title, quote=False))
    yield element("link", settings.SITE_URL + article.get_absolute_url())
    yield element("dc:creator", _login(article.author) if article.author else "")
    yield element("content:encoded", absolute(article.body))
    yield element("excerpt:encoded", escape(article.summary, quote=False))
    yield element("wp:post_id", article.pk)
    yield element("wp:post_date", f"{said:%Y-%m-%d %H:%M:%S}")
    yield element("wp:post_date_gmt", f"{said:%Y-%m-%d %H:%M:%S}" if article.published_at else NO_DATE)
    yield element("wp:post_modified_gmt", f"{article.words_changed_at:%Y-%m-%d %H:%M:%S}")
    yield element("wp:comment_status", "open" if article.comments_open else "closed")
    yield element("wp:post_name", article.slug)
    yield element("wp:status", _status(article, now))
    yield element("wp:post_parent", 0)
    yield element("wp:post_type", "page" if article.is_page else "post")
    yield element("wp:post_password", "")
    yield from _terms_of(article)
    yield meta("wp:postmeta", _meta_of(article, last))
    comments = Comment.objects.filter(article=article).select_related("author").order_by("pk")
    for comment in comments.iterator(chunk_size=1_000):
        yield _comment(comment, keep_emails)
    yield "</item>\n"


def _terms_of(article: Article) -> Iterator[str]:
    terms = [("category", article.topic.slug, article.topic.name)] if article.topic else []
    terms += [(term.taxonomy, term.slug, term.name) for term in article.imported_terms.all()]
    for taxonomy, slug, name in {term[:2]: term for term in reversed(terms)}.values():
        yield (
            f'<category domain="{taxonomy}" nicename="{escape(slug)}">{cdata(escape(name, quote=False))}</category>\n'
        )


def _meta_of(article: Article, last: int) -> dict[str, object]:
    original = {
        "status": article.status,
        "created_at": article.created_at.isoformat(),
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "reviewed_by": article.reviewed_by,
        "reviewed_on": article.reviewed_on.isoformat() if article.reviewed_on else None,
        "sources": [{"text": source.text, "url": source.url} for source in article.sources.all()],
    }
    fields: dict[str, object] = {OWN_META: json.dumps(original)}
    if article.topic_id:
        fields[PRIMARY_META] = article.topic_id
    if article.cover_id:
        fields[THUMBNAIL_META] = last + article.cover_id
    return fields


def _status(article: Article, now: datetime) -> str:
    if article.status == Article.Status.PUBLISHED:
        is_out = article.published_at is not None and article.published_at <= now
        return "publish" if is_out else "future"
    return "draft" if article.status == Article.Status.DRAFT else "private"


def _comment(comment: Comment, keep_emails: bool) -> str:
    is_staff = bool(comment.author and comment.author.is_staff)
    original = {
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "wants_answers": comment.wants_answers,
        "is_members": bool(comment.author) and not is_staff,
    }
    return group(
        "wp:comment",
        ("wp:comment_id", comment.pk),
        ("wp:comment_author", escape(comment.name, quote=False)),
        ("wp:comment_author_email", comment.email if keep_emails else ""),
        ("wp:comment_author_url", comment.website),
        ("wp:comment_author_IP", ""),
        ("wp:comment_date", f"{comment.created_at:%Y-%m-%d %H:%M:%S}"),
        ("wp:comment_date_gmt", f"{comment.created_at:%Y-%m-%d %H:%M:%S}"),
        ("wp:comment_content", escape(comment.body, quote=False)),
        ("wp:comment_approved", COMMENT_STATUS[Status(comment.status)]),
        ("wp:comment_type", "comment"),
        ("wp:comment_parent", comment.parent_id or 0),
        ("wp:comment_user_id", comment.author_id if is_staff else 0),
        more=meta("wp:commentmeta", {OWN_META: json.dumps(original)}),
    )


def _login(user: User) -> str:
    return f"author-{user.pk}"
