"""Public pages of articles: no cookies, no session, one or two queries."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from blog.models import Article, CommentPolicy, ThreadPage, Topic
from blog.querysets import ArticleQuerySet
from blog.services.policy import comments_open
from blog.structured_data import article_data
from common.practice import practice_details
from common.prepared import Parameter, PreparedQuery
from common.public_pages import public_page

PAGE_SIZE = 12
RELATED_SHOWN = 3
PAGES_PREPARED = 32
DEFERRED_FIELDS = ("body", "rendered", "words", "search")


@public_page("topic", "page")
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List the newest articles; ?topic= filters by slug, ?page= paginates."""
    now = timezone.now()
    page = page_number(request.GET.get("page"))
    topics = _TOPICS(now=now)
    topic = _chosen(topics, request.GET.get("topic"))
    rows = _list_of(page, bool(topic))(now=now, topic=topic.pk if topic else None)
    return render(
        request,
        "blog/article_list.html",
        {"page": _page(rows, page), "topics": topics, "topic": topic},
    )


@public_page("comments")
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a public article with one page (?comments=) of its thread."""
    now = timezone.now()
    page = page_number(request.GET.get("comments"))
    found = _ARTICLE.first(slug=slug, page=page, now=now)
    if found is None or (page > 1 and found.thread is None):
        raise Http404
    is_open = comments_open(found, found.close_after_days, now)
    context = {
        "article": found,
        "page": page,
        "comments_open": is_open,
        "beside": _beside(bool(found.topic_id))(now=now, pk=found.pk, topic=found.topic_id),
        "structured": article_data(found, settings.SITE_URL, practice_details()),
    }
    response = render(request, "blog/article.html", context)
    response["Last-Modified"] = http_date(found.changed_at.timestamp())
    return response


_TOPICS = PreparedQuery(lambda: Topic.objects.with_articles(Parameter("now")))


def _article_with_thread() -> ArticleQuerySet:
    """Select an article, annotated with the HTML of one thread page, the number of pages, and the days until comments close."""
    pages = ThreadPage.objects.filter(article=OuterRef("pk"))
    articles = Article.objects.published(Parameter("now")).filter(slug=Parameter("slug"))
    return (
        articles.with_byline()
        .defer("body", "words", "search")
        .annotate(
            thread=Subquery(pages.filter(number=Parameter("page")).values("html")),
            thread_pages_total=Subquery(pages.order_by("-number").values("number")[:1]),
            close_after_days=Subquery(CommentPolicy.objects.values("close_after_days")[:1]),
        )
    )


_ARTICLE = PreparedQuery(_article_with_thread)


@cache
def _beside(has_topic: bool) -> PreparedQuery[Article]:
    """Return the query of what stands below an article with or without a topic."""
    rows = Article.objects.select_related("topic").only(
        "kind", "title", "slug", "reading_minutes", "topic__name", "topic__slug"
    )
    topic = Parameter("topic") if has_topic else None
    return PreparedQuery(
        lambda: rows.published(Parameter("now")).related_to(Parameter("pk"), topic, RELATED_SHOWN)
    )


@lru_cache(PAGES_PREPARED)
def _list_of(page: int, has_topic: bool) -> PreparedQuery[Article]:
    """Return the query of one page of the list, each row with the total count: of one topic, or of all articles."""
    rows = Article.objects.published(Parameter("now"))
    if has_topic:
        rows = rows.filter(topic=Parameter("topic"))
    shown = rows.with_total().with_byline().newest_first().defer(*DEFERRED_FIELDS)
    return PreparedQuery(lambda: shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])


def _page(rows: Sequence[Any], number: int) -> Page:
    """Return a page of the list by its rows. Raises Http404 past the end."""
    if not rows and number > 1:
        raise Http404
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = rows[0].total if rows else 0
    return Page(rows, number, paginator)


def page_number(text: str | None) -> int:
    """Parse a page number from the query string: 1 if missing. Raises Http404 if it is invalid."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0):
        raise Http404
    return int(text)


def _chosen(topics: Sequence[Topic], slug: str | None) -> Topic | None:
    """Return the topic with this slug, None without a slug. Raises Http404 for a topic without articles."""
    if not slug:
        return None
    for topic in topics:
        if topic.slug == slug:
            return topic
    raise Http404
