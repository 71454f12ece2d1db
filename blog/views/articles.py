"""Public pages of articles: no cookies, no session, one or two queries."""

from collections.abc import Sequence

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from blog.models import Article, CommentPolicy, ThreadPage, Topic
from blog.querysets import ArticleQuerySet
from blog.services.policy import comments_open
from blog.structured_data import article_data
from common.practice import practice_details
from common.public_pages import public_page

PAGE_SIZE = 12
RELATED_SHOWN = 3
DEFERRED_FIELDS = ("body", "rendered", "words", "search")


@public_page("topic", "page")
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List the newest articles; ?topic= filters by slug, ?page= paginates."""
    now = timezone.now()
    page = page_number(request.GET.get("page"))
    topics = list(Topic.objects.with_articles(now))
    topic = _chosen(topics, request.GET.get("topic"))
    articles = (
        Article.objects.published(now).with_byline().with_total().newest_first().defer(*DEFERRED_FIELDS)
    )
    if topic:
        articles = articles.filter(topic=topic)
    return render(
        request,
        "blog/article_list.html",
        {"page": _page(articles, page), "topics": topics, "topic": topic},
    )


@public_page("comments")
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a public article with one page (?comments=) of its thread."""
    now = timezone.now()
    page = page_number(request.GET.get("comments"))
    found = get_object_or_404(
        _with_thread(Article.objects.published(now).with_byline().defer("body", "words", "search"), page),
        slug=slug,
    )
    if page > 1 and found.thread is None:
        raise Http404
    is_open = comments_open(found, found.close_after_days, now)
    context = {
        "article": found,
        "page": page,
        "comments_open": is_open,
        "beside": Article.objects.published(now)
        .related_to(found)
        .select_related("topic")
        .only("kind", "title", "slug", "reading_minutes", "topic__name", "topic__slug")[:RELATED_SHOWN],
        "structured": article_data(found, settings.SITE_URL, practice_details()),
    }
    response = render(request, "blog/article.html", context)
    response["Last-Modified"] = http_date(found.changed_at.timestamp())
    return response


def _with_thread(articles: ArticleQuerySet, page: int) -> ArticleQuerySet:
    """Annotate articles with the HTML of one thread page, the number of pages, and the days until comments close."""
    pages = ThreadPage.objects.filter(article=OuterRef("pk"))
    return articles.annotate(
        thread=Subquery(pages.filter(number=page).values("html")),
        thread_pages_total=Subquery(pages.order_by("-number").values("number")[:1]),
        close_after_days=Subquery(CommentPolicy.objects.values("close_after_days")[:1]),
    )


def _page(articles: ArticleQuerySet, number: int) -> Page:
    """Return a page of the list in a single query: each row has the total count. Raises Http404 past the end."""
    rows = list(articles[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    if not rows and number > 1:
        raise Http404
    paginator = Paginator(articles, PAGE_SIZE)
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
