"""Reads as chainable words. Nobody else spells out which articles or comments may be seen."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, Func, Q, Value, When, Window
from django.db.models.functions import Coalesce, Concat, Greatest

from blog.moderation import Status
from common.members import User
from common.search_text import search_query, without_accents

# English with accents taken off (migration 0010).
SEARCH_CONFIG = "blog_english"
# How alike a misspelt word and a word of the title or summary must be, from 0 to 1.
MIN_SIMILARITY = 0.32
# Around what was found; turned into HTML only after everything else is escaped.
FOUND_START, FOUND_STOP = "\x02", "\x03"
# What stands for the frequent marks in headlines (migration 0010), and what sets the others apart from words.
HEADLINE_MARKS = dict(zip((4, 5, 6, 7, 8, *range(14, 24)), "“”‘’–—…«»•·‐‑ʼ\u00a0", strict=True)) | {0x1F: ""}


def search_text(expression: str | models.Expression) -> Func:
    """A text with its marks replaced, so that words are split alike in every locale (migration 0010)."""
    source = F(expression) if isinstance(expression, str) else expression
    return Func(source, function="blog_search_text", output_field=models.TextField())


class SpellingCorrection(SearchQuery):
    """What was typed, with each word put right (migration 0004); asked of the database once, and only if needed."""

    template = "(SELECT blog_spelt_right(%(expressions)s))"


class TopicQuerySet(models.QuerySet):
    """Topics; `with_articles` counts what a reader can open."""

    def with_articles(self, now: datetime) -> Self:
        """Topics that have something to read, each with `article_count`."""
        readable = Count("articles", filter=readable_at(now, "articles__"))
        return self.annotate(article_count=readable).filter(article_count__gt=0)


class ArticleQuerySet(models.QuerySet):
    """Articles; only `published` ones may reach a reader."""

    def published(self, now: datetime) -> Self:
        """What readers may see at `now`: published, and its time has come."""
        return self.filter(readable_at(now))

    def matching(self, text: str) -> Self:
        """Those that speak of `text`, best first, each with its `rank` and an `excerpt` with the words found.

        Stemmed full text (quotes, “or” and a minus are understood). Only where that finds nothing, what comes
        closest: the nearest words that articles have, or titles and summaries that look alike; `exact` tells
        which it was. The excerpt is plain text with FOUND_START and FOUND_STOP around what was found.
        """
        text = search_query(text)
        query = SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
        spelt_right = SpellingCorrection(text)
        described = Concat("title", Value(" "), "summary", output_field=models.TextField())
        alike = TrigramWordSimilarity(
            without_accents(text),
            Func(search_text(described), function="UNACCENT", output_field=models.TextField()),
        )
        exact = Q(search=query)
        close = ~Exists(self.filter(exact)) & (Q(search=spelt_right) | Q(alike__gte=MIN_SIMILARITY))
        closeness = Greatest(SearchRank(F("search"), spelt_right), F("alike") / 10.0)
        return (
            self.annotate(alike=alike, exact=ExpressionWrapper(exact, models.BooleanField()))
            .filter(exact | close)
            .annotate(
                rank=Case(When(exact, then=SearchRank(F("search"), query)), default=closeness),
                excerpt=Case(
                    When(exact, then=_excerpt(query)),
                    default=Coalesce(_excerpt(spelt_right), _excerpt(query)),
                ),
            )
            .order_by("-rank", "-published_at", "-pk")
        )

    def newest_first(self) -> Self:
        """By the time of publishing; ids break ties, so that pages never repeat or lose one."""
        return self.order_by(F("published_at").desc(nulls_first=True), "-pk")

    def with_byline(self) -> Self:
        """With topic and author in the same query."""
        return self.select_related("topic", "author")

    def related_to(self, article: Any) -> Self:
        """Others to read next: those of the same topic first, then the newest."""
        same_topic = Q(topic=article.topic_id) if article.topic_id else Value(False)
        return (
            self.exclude(pk=article.pk)
            .annotate(same_topic=same_topic)
            .order_by("-same_topic", "-published_at", "-pk")
        )

    def with_total(self) -> Self:
        """Each row knows how many there are in all (`total`), so a list page needs no count of its own."""
        return self.annotate(total=Window(Count("*")))


class CommentQuerySet(models.QuerySet):
    """Comments by status; oldest first is how a conversation reads."""

    def approved(self) -> Self:
        """Those anybody may read."""
        return self.filter(status=Status.APPROVED)

    def pending(self) -> Self:
        """Those that wait for the therapist."""
        return self.filter(status=Status.PENDING)

    def in_moderation(self) -> Self:
        """Kept from readers so far. Its writer is told that it waits, whether we take it for spam or not."""
        return self.filter(status__in=[Status.PENDING, Status.SPAM])

    def oldest_first(self) -> Self:
        """In the order they were said."""
        return self.order_by("created_at", "pk")

    def by_person(self, *, email: str, author: User | None) -> Self:
        """What the same person said: a member by her account, a guest by her address."""
        if author is not None:
            return self.filter(author=author)
        return self.filter(author=None, email__iexact=email)


def _excerpt(query: SearchQuery) -> SearchHeadline:
    """Some of an article's words, with those of the query marked."""
    return SearchHeadline(
        Func("words", function="blog_headline_text", output_field=models.TextField()),
        query,
        config=SEARCH_CONFIG,
        start_sel=FOUND_START,
        stop_sel=FOUND_STOP,
        max_words=40,
        min_words=20,
    )


def readable_at(now: datetime, prefix: str = "") -> Q:
    """The one condition under which an article may be read at `now`; `prefix` reaches it over a relation."""
    return Q(**{f"{prefix}status": "published", f"{prefix}published_at__lte": now})
