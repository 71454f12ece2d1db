"""Querysets: the only place that defines which articles and comments are visible."""

from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Self

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest
from django.urls import reverse

from blog.moderation import Status
from common.members import User
from common.prepared import Parameter, PreparedQuery
from common.search_text import search_query, search_text, without_accents
from common.synonyms import Kinds, Query, prepared_terms, query_of_kinds, with_synonyms

# Lowest trigram similarity of a misspelled word to one of the title or summary, from 0 to 1.
MIN_SIMILARITY = 0.32
LONG = ("body", "rendered", "words", "search")  # columns of an article that few pages need
BEST_FIRST = ("-rank", "-published_at", "-pk")
# Control characters around each match; replaced by HTML only after everything else is escaped.
FOUND_START, FOUND_STOP = "\x02", "\x03"
# Control characters that stand for punctuation in headlines (migration 0010); 0x1F separates other marks from words.
HEADLINE_MARKS = dict(zip((4, 5, 6, 7, 8, *range(14, 24)), "“”‘’–—…«»•·‐‑ʼ\u00a0", strict=True)) | {0x1F: ""}


class SpellingCorrection(SearchQuery):
    """The search query with each word replaced by the closest indexed one (migration 0004); evaluated once, and only if needed."""

    template = "(SELECT blog_spelt_right(%(expressions)s))"


class TopicQuerySet(models.QuerySet):
    """Topics; `with_articles` limits them to those with public articles."""

    def with_articles(self, now: datetime | Parameter) -> Self:
        """Limit to topics with public articles."""
        articles: Any = self.model._meta.get_field("articles").related_model
        return self.filter(Exists(articles.objects.published(now).filter(topic=OuterRef("pk"))))


class ArticleQuerySet(models.QuerySet):
    """Articles; only `published` ones may reach a reader."""

    def published(self, now: datetime | Parameter) -> Self:
        """Limit to articles that are public at `now`; pages are not among them."""
        return self.filter(readable_at(now), kind="article")

    def published_pages(self, now: datetime | Parameter) -> Self:
        """Limit to pages that are public at `now`."""
        return self.filter(readable_at(now), kind="page")

    def find(self, slug: str) -> Any:
        """Return the article with this slug or, failing that, with this former slug; None without one."""
        return self.filter(slug=slug).first() or self.filter(redirects__key=former_slug_key(slug)).first()

    def find_to_comment(self, slug: str, now: datetime) -> Any:
        """Return the public article with this slug or former slug and its author, without its text; None without one."""
        found = _to_comment(self.model).first(slug=slug, now=now)
        return found or self.published(now).to_comment().find(slug)

    def to_comment(self) -> Self:
        """Select the author in the same query, and leave out what is long."""
        return self.select_related("author").defer(*LONG)

    def matching(self, text: str) -> Self:
        """Search articles for `text`, best match first, annotated with `rank`, `exact` and an `excerpt`.

        Stemmed full-text search with websearch syntax (quotes, "or", minus) and synonyms. The excerpt is plain text
        with FOUND_START and FOUND_STOP around each match.
        """
        return self.matching_query(with_synonyms(text))

    def matching_query(self, query: Query) -> Self:
        """Search articles for a full-text query, annotated and in the order of `matching`."""
        return (
            self.filter(search=query)
            .annotate(exact=Value(True), rank=SearchRank(F("search"), query), excerpt=_excerpt(query))
            .order_by(*BEST_FIRST)
        )

    def close_to(self, text: str) -> Self:
        """Search articles for the closest spelling of `text`, and for similar titles or summaries; annotated as `matching`."""
        query = with_synonyms(text)
        text = search_query(text)
        spelt_right = SpellingCorrection(text)
        described = Concat("title", Value(" "), "summary", output_field=models.TextField())
        alike = TrigramWordSimilarity(
            without_accents(text),
            Func(search_text(described), function="UNACCENT", output_field=models.TextField()),
        )
        return (
            self.annotate(alike=alike)
            .filter(Q(search=spelt_right) | Q(alike__gte=MIN_SIMILARITY))
            .annotate(
                exact=Value(False),
                rank=Greatest(SearchRank(F("search"), spelt_right), F("alike") / 10.0),
                excerpt=Coalesce(_excerpt(spelt_right), _excerpt(query)),
            )
            .order_by(*BEST_FIRST)
        )

    def found_for(self, text: str, now: datetime, limit: int) -> list[Any]:
        """Return up to `limit` articles public at `now` that match `text`; only if none does, those close to it."""
        prepared = prepared_terms(text)
        if prepared:
            kinds, texts = prepared
            found = _matching_all(self.model, kinds, limit)(now=now, **texts)
        else:
            found = list(_searched(self, now).matching(text)[:limit])
        return found or list(_searched(self, now).close_to(text)[:limit])

    def newest_first(self) -> Self:
        """Order by time of publication, newest first; the primary key breaks ties, so that pagination is stable."""
        return self.order_by(F("published_at").desc(nulls_first=True), "-pk")

    def with_byline(self) -> Self:
        """Select topic and author in the same query."""
        return self.select_related("topic", "author")

    def related_to(self, article: int | Parameter, topic: int | Parameter | None, most: int) -> Self:
        """Return `most` others than `article`, the most relevant to it first: of the same `topic`, then the newest.

        Only the newest `most` of the topic and of all are compared, which an index finds.
        """
        newest = self.exclude(pk=article).order_by("-published_at", "-pk")
        if not topic:
            return newest[:most]
        of_topic = newest.filter(topic=topic)[:most].values("pk")
        either = self.filter(pk__in=of_topic.union(newest[:most].values("pk"), all=True))
        return either.annotate(same_topic=Q(topic=topic)).order_by("-same_topic", "-published_at", "-pk")[
            :most
        ]

    def with_total(self) -> Self:
        """Annotate each row with the `total` number of rows, so that a list page needs no COUNT query.

        As a subquery: a window would read and sort all of them for the few that are shown.
        """
        total = self.order_by().annotate(total=Func("pk", function="COUNT")).values("total")
        return self.annotate(total=Subquery(total))


@cache
def _to_comment(model: Any) -> PreparedQuery[Any]:
    rows = model.objects.published(Parameter("now")).to_comment()
    return PreparedQuery(lambda: rows.filter(slug=Parameter("slug")))


def _searched(articles: Any, now: datetime | Parameter) -> Any:
    """Limit to what is public at `now`, with what a row of found articles shows."""
    return articles.published(now).only("kind", "slug", "title", "words")


@lru_cache(64)  # one for each number and order of kinds
def _matching_all(model: Any, kinds: Kinds, limit: int) -> PreparedQuery[Any]:
    rows = _searched(model.objects, Parameter("now"))
    return PreparedQuery(lambda: rows.matching_query(query_of_kinds(kinds))[:limit])


class CommentQuerySet(models.QuerySet):
    """Comments by status; `oldest_first` is the reading order."""

    def approved(self) -> Self:
        """Limit to public comments."""
        return self.filter(status=Status.APPROVED)

    def pending(self) -> Self:
        """Limit to comments that wait for the therapist."""
        return self.filter(status=Status.PENDING)

    def in_moderation(self) -> Self:
        """Limit to pending comments and spam. Authors see both as waiting, so that spammers learn nothing."""
        return self.filter(status__in=[Status.PENDING, Status.SPAM])

    def with_article(self) -> Self:
        """Select the article in the same query, without its text."""
        return self.select_related("article").defer(*(f"article__{name}" for name in LONG))

    def oldest_first(self) -> Self:
        """Order by time of writing."""
        return self.order_by("created_at", "pk")

    def by_person(self, *, email: str | Parameter, author: User | None) -> Self:
        """Limit to comments by the same person: by account if `author` is given, else guests by email address."""
        if author is not None:
            return self.filter(author=author)
        return self.filter(author=None, email__iexact=email)


def _excerpt(query: Query) -> Func:
    """Return a headline of the article's text with the matches of `query` marked (migration 0023)."""
    return Func("words", query, function="blog_excerpt", output_field=models.TextField())


def readable_at(now: datetime | Parameter, prefix: str = "") -> Q:
    """Return the condition for a public article or page at `now`; `prefix` is the lookup path to the article, such as `article__`."""
    return Q(**{f"{prefix}status": "published", f"{prefix}published_at__lte": now})


def former_slug_key(slug: str) -> str:
    """Return the key of the Redirect from an article's former slug."""
    return reverse("article", args=[slug]).strip("/").lower()
