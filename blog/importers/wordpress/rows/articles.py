"""The second pass: posts and pages become articles."""

from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from blog.models import Article, ImportRun
from blog.sanitizing import one_line, plain_text

from ..bodies.article_body import article_body, own_body
from ..bodies.footnotes import footnotes_of, source_of
from ..planning.posts import Known, digest_of, sources_of, wanted_slug
from ..planning.rules import date_of_change, date_of_post, visibility_of
from ..planning.survey import Post, Survey
from ..reading.own_fields import Original, original_of
from ..reading.records import Record
from ..reading.vocabulary import FOOTNOTES_META, THUMBNAIL_META
from ..reporting.lines import Outcome, Outcomes
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .article_writer import IMPORTED_FIELDS, ArticleWriter, Prepared
from .authors import Authors
from .references import References
from .topics import Topics

BATCH_SIZE, BATCH_CHARS = 50, 2_000_000  # articles, characters


class Articles:
    """Converts items to articles in batches; `flush` writes the rest."""

    def __init__(
        self,
        run: ImportRun,
        survey: Survey,
        known: Mapping[int, Known],
        slugs: Mapping[int, str],
        kinds: Mapping[int, str],
        *,
        authors: Authors,
        topics: Topics,
        lookup: References,
        outcomes: Outcomes,
        now: datetime,
    ) -> None:
        self._run, self._survey, self._known, self._slugs, self._kinds = run, survey, known, slugs, kinds
        self._authors, self._topics, self._lookup = authors, topics, lookup
        self._outcomes, self._now = outcomes, now
        self._rows = ArticleWriter(run, survey, topics, now)
        self._waiting: list[tuple[Record, Post]] = []
        self._weight = 0

    def take(self, item: Record) -> None:
        """Add an item; items that are not posts of this run are ignored."""
        post = self._survey.posts.get(item.number)
        if post is None:
            return
        self._waiting.append((item, post))
        self._weight += item.weight
        if len(self._waiting) >= BATCH_SIZE or self._weight >= BATCH_CHARS:
            self.flush()

    def flush(self) -> None:
        """Convert and write the collected items."""
        here = self._here()
        waiting = [self._prepare(item, post, here) for item, post in self._waiting]
        self._waiting, self._weight = [], 0
        if not self._run.dry_run:
            self._rows.write(waiting)
        for one in waiting:
            self._outcomes.set(one.number, one.outcome, one.notes.reasons, one.notes.detail, one.article.pk)

    def _here(self) -> dict[int, Article]:
        """Return the articles of earlier runs for the collected items, by id."""
        known = [
            row.article_id
            for _, post in self._waiting
            if (row := self._known.get(post.wp_id)) and row.article_id is not None
        ]
        found = (
            Article.objects.filter(pk__in=known).select_related("topic", "cover").prefetch_related("sources")
        )
        return found.defer("rendered", "words", "search").in_bulk()

    def _prepare(self, item: Record, post: Post, here: Mapping[int, Article]) -> Prepared:
        notes = Notes()
        title = self._title(item, post, notes)
        self._lookup.reading(post.wp_id, title, notes)
        original = original_of(item) if self._survey.is_own else Original()
        words = self._words(item, title, original, notes)
        known = self._known.get(post.wp_id)
        if known is None or known.article_id is None or known.article_id not in here:
            return self._new(item, post, words, original, notes)
        return self._again(item, post, words, here[known.article_id], known.digest, notes, original)

    def _plain(self, html: str) -> str:
        """Return plain text; that of our own export is taken unchanged."""
        return unescape(html) if self._survey.is_own else one_line(plain_text(html))

    def _title(self, item: Record, post: Post, notes: Notes) -> str:
        title = self._plain(item.fields["title"]).strip()
        if not title:
            notes.add(Reason.NO_TITLE)
            title = wanted_slug(post).replace("-", " ").strip().capitalize() or _("Without a title")
        if len(title) > 200:
            notes.add(Reason.TITLE_CUT, title)
            title = f"{title[:199].rstrip()}…"
        return title

    def _words(self, item: Record, title: str, original: Original, notes: Notes) -> dict[str, Any]:
        """Return the fields of the article that an import writes."""
        visibility = visibility_of(item)
        for reason in () if original.status else visibility.reasons:
            notes.add(reason)
        if others := self._topics.others_of(item.number):
            notes.add(Reason.MORE_TOPICS, ", ".join(others))
        words = {
            "title": title,
            "summary": self._plain(item.fields["excerpt:encoded"]),
            "body": self._body(item, notes),
            "status": visibility.status,
            "published_at": visibility.published_at,
            "topic": self._topics.topic_of(item.number),
            "cover": self._lookup.cover(item.meta.number(THUMBNAIL_META)),
        }
        if original.status != Article.Status.PUBLISHED or original.published_at:
            words["status"] = original.status or words["status"]
            words["published_at"] = original.published_at if original.status else words["published_at"]
        return words

    def _body(self, item: Record, notes: Notes) -> str:
        text = item.fields["content:encoded"]
        if self._survey.is_own:
            return own_body(text, self._lookup, notes)
        return article_body(text, self._lookup, notes, footnotes_of(item.meta[FOOTNOTES_META]))

    def _new(
        self, item: Record, post: Post, words: dict[str, Any], original: Original, notes: Notes
    ) -> Prepared:
        slug = self._slugs[item.number]
        if post.slug and slug != wanted_slug(post):
            notes.add(Reason.NEW_ADDRESS, slug)
        article = Article(
            **words,
            kind=self._kinds[item.number],
            slug=slug,
            author=self._authors.author_of(post),
            comments_open=item.fields["wp:comment_status"].strip() == "open",
            created_at=original.created_at or date_of_post(item) or self._now,
            reviewed_by=original.reviewed_by,
            reviewed_on=original.reviewed_on,
        )
        return self._prepared(item, post, article, Outcome.IMPORTED, notes, article, original)

    def _again(
        self,
        item: Record,
        post: Post,
        words: dict[str, Any],
        article: Article,
        digest: str,
        notes: Notes,
        original: Original,
    ) -> Prepared:
        """Update an existing article only if the file has changed and nobody edited the article here."""
        wanted = Article(**words)
        if digest_of(wanted, _sources(original, notes)) == digest:
            outcome = Outcome.UNCHANGED
        elif digest_of(article, sources_of(article)) == digest:
            outcome = Outcome.UPDATED
            for field_name in IMPORTED_FIELDS:
                setattr(article, field_name, getattr(wanted, field_name))
        else:
            outcome = Outcome.UNCHANGED
            notes.add(Reason.CHANGED_HERE)
        return self._prepared(item, post, article, outcome, notes, wanted, original)

    def _prepared(
        self,
        item: Record,
        post: Post,
        article: Article,
        outcome: str,
        notes: Notes,
        wanted: Article,
        original: Original,
    ) -> Prepared:
        sources = _sources(original, notes)
        return Prepared(
            item.number,
            post.wp_id,
            article,
            outcome,
            notes,
            digest=digest_of(wanted, sources),
            said_at=date_of_change(item) or wanted.published_at or self._now,
            sources=sources,
            waiting=self._waiting_for(item),
        )

    def _waiting_for(self, item: Record) -> dict[str, Any] | None:
        """Return what is needed to complete the article once its missing files are known, None if none is missing."""
        if not self._lookup.lacks:
            return None
        return {
            "lacks": list(self._lookup.lacks),
            "content": item.fields["content:encoded"],
            "footnotes": footnotes_of(item.meta[FOOTNOTES_META]),
            "cover": item.meta.number(THUMBNAIL_META),
        }


def _sources(original: Original, notes: Notes) -> list[tuple[str, str]]:
    """Return (text, URL) of each source: from our own export, or from the footnotes."""
    return original.sources or [source_of(html) for html in notes.footnotes]
