"""Writes articles with their sources, redirects, labels, rendered HTML and first version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import Error, transaction
from django.utils.translation import gettext as _

from blog.models import Article, Imported, ImportedTerm, ImportRun, Source
from blog.services import render_article, save_version

from ..addresses import keys_of_number
from ..planning.survey import Survey
from ..reporting.lines import Outcome
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .redirects import save_redirects
from .topics import Topics

IMPORTED_FIELDS = ("title", "summary", "body", "status", "published_at", "topic", "cover")


@dataclass
class Prepared:
    """An article as converted from the file; `outcome` decides whether it is written."""

    number: int
    wp_id: int
    article: Article
    outcome: str
    notes: Notes
    digest: str
    said_at: datetime
    sources: list
    waiting: dict | None


class ArticleWriter:
    """Writes the prepared articles of one run."""

    def __init__(self, run: ImportRun, survey: Survey, topics: Topics, now: datetime) -> None:
        self._run, self._survey, self._topics, self._now = run, survey, topics, now

    def write(self, waiting: Sequence[Prepared]) -> None:
        """Write all articles at once; on a database error write them one by one, so that only invalid ones fail."""
        try:
            self._write(waiting)
        except (Error, ValueError):
            for prepared in waiting:
                self._write_alone(prepared)

    @transaction.atomic
    def _write(self, waiting: Sequence[Prepared]) -> None:
        new = [one for one in waiting if one.outcome == Outcome.IMPORTED]
        updated = [one for one in waiting if one.outcome == Outcome.UPDATED]
        Article.objects.bulk_create([one.article for one in new])
        for one in updated:
            one.article.save(update_fields=IMPORTED_FIELDS)
        Source.objects.filter(article__in=[one.article for one in updated]).delete()
        Source.objects.bulk_create(
            Source(article=one.article, position=position, text=text, url=url)
            for one in (*new, *updated)
            for position, (text, url) in enumerate(one.sources, start=1)
        )
        self._remember([*new, *updated])
        for one in (*new, *updated):
            render_article(one.article, one.said_at)
            save_version(one.article, None, self._now, name=_("From the old blog"))

    def _write_alone(self, one: Prepared) -> None:
        one.article.pk = one.article.pk if one.outcome != Outcome.IMPORTED else None
        one.article._state.adding = one.article.pk is None
        try:
            self._write([one])
        except (Error, ValueError) as error:
            one.outcome = Outcome.FAILED
            one.article = Article()
            one.notes.add(Reason.NOT_KEPT, type(error).__name__)

    def _remember(self, written: Sequence[Prepared]) -> None:
        """Save which post became which article, with its redirects and labels."""
        Imported.objects.bulk_create(
            [
                Imported(
                    site=self._run.site,
                    kind=Imported.Kind.POST,
                    wp_id=one.wp_id,
                    article=one.article,
                    run=self._run,
                    digest=one.digest,
                    waiting=one.waiting,
                )
                for one in written
            ],
            update_conflicts=True,
            unique_fields=["site", "kind", "wp_id"],
            update_fields=["article", "run", "digest", "waiting"],
        )
        targets, labels, link = {}, [], ImportedTerm.articles.through
        for one in written:
            post = self._survey.posts[one.number]
            for key in keys_of_number(self._run.site, post.link, post.wp_id):
                targets[key] = {"article": one.article}
            labels += [
                link(importedterm=label, article=one.article) for label in self._topics.labels_of(one.number)
            ]
        save_redirects(targets)
        link.objects.bulk_create(labels, ignore_conflicts=True)
