"""Articles that came before the pictures they show by number, completed once a later file names those."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog.models import Imported
from blog.services import render_article, save_version

from ..bodies.article_body import article_body
from ..planning.posts import digest_of, sources_of
from ..reporting.lines import Kind, Outcome
from ..reporting.notes import Notes
from ..reporting.reasons import Reason

COMPLETED = ("body", "cover")


def complete_articles(run, survey, references, lines, now):
    """Put what is here now into the articles of earlier runs that lack it; those of this file were just read."""
    rows = Imported.objects.filter(site=run.site, kind=Imported.Kind.POST, waiting__isnull=False)
    rows = rows.exclude(article=None).exclude(wp_id__in=[post.wp_id for post in survey.posts.values()])
    for row in rows.select_related("article__topic", "article__cover"):
        if references.has_some_of(row.wp_id, row.waiting["lacks"]):
            outcome, notes = _complete(row, references, now, dry_run=run.dry_run)
            article = row.article
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
def _complete(row, references, now, *, dry_run):
    article, notes = row.article, Notes()
    was_untouched = digest_of(article, sources_of(article)) == row.digest
    references.reading(row.wp_id, article.title, notes)
    article.body = article_body(row.waiting["content"], references, notes, row.waiting["footnotes"])
    article.cover = references.cover(row.waiting["cover"]) or article.cover
    if not was_untouched:
        notes.add(Reason.CHANGED_HERE)
        return Outcome.UNCHANGED, notes
    notes.add(Reason.COMPLETED)
    if not dry_run:
        article.save(update_fields=COMPLETED)
        render_article(article, now)
        save_version(article, None, now, name=_("From the old blog"))
        row.digest = digest_of(article, sources_of(article))
        row.waiting = row.waiting | {"lacks": list(references.lacks)} if references.lacks else None
        row.save(update_fields=["digest", "waiting"])
    return Outcome.UPDATED, notes
