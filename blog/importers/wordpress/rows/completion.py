"""Completes articles of earlier runs once a later file provides the images they refer to by number."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from blog.models import Article, Imported, ImportLine, ImportRun
from blog.services import render_article, save_version

from ..bodies.article_body import article_body
from ..planning.posts import digest_of, sources_of
from ..planning.survey import Survey
from ..reporting.lines import Kind, Lines, Outcome
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .references import References

COMPLETED = ("body", "cover")


def complete_articles(
    run: ImportRun, survey: Survey, references: References, lines: Lines, now: datetime
) -> None:
    """Complete the articles of earlier runs whose missing files are now known; those of this file were just read."""
    rows = Imported.objects.filter(site=run.site, kind=Imported.Kind.POST, waiting__isnull=False)
    rows = rows.exclude(article=None).exclude(wp_id__in=[post.wp_id for post in survey.posts.values()])
    for row in rows.select_related("article__topic", "article__cover"):
        article, waiting = row.article, row.waiting
        if article and waiting and references.has_some_of(row.wp_id, waiting["lacks"]):
            outcome, notes = _complete(row, article, waiting, references, now, dry_run=run.dry_run)
            lines.add(
                Kind.POST,
                wp_id=row.wp_id,
                label=article.title,
                outcome=outcome,
                reasons=notes.reasons,
                detail=notes.detail,
                article=article,
            )


@transaction.atomic
def _complete(
    row: Imported,
    article: Article,
    waiting: dict[str, Any],
    references: References,
    now: datetime,
    *,
    dry_run: bool,
) -> tuple[ImportLine.Outcome, Notes]:
    notes = Notes()
    was_untouched = digest_of(article, sources_of(article)) == row.digest
    references.reading(row.wp_id, article.title, notes)
    article.body = article_body(waiting["content"], references, notes, waiting["footnotes"])
    article.cover = references.cover(waiting["cover"]) or article.cover
    if not was_untouched:
        notes.add(Reason.CHANGED_HERE)
        return Outcome.UNCHANGED, notes
    notes.add(Reason.COMPLETED)
    if not dry_run:
        article.save(update_fields=COMPLETED)
        render_article(article, now)
        save_version(article, None, now, name=_("From the old blog"))
        row.digest = digest_of(article, sources_of(article))
        row.waiting = waiting | {"lacks": list(references.lacks)} if references.lacks else None
        row.save(update_fields=["digest", "waiting"])
    return Outcome.UPDATED, notes
