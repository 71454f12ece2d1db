"""After the comments: links replies and renders threads."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, F, Q

from blog.models import Article, Comment, Imported, ImportLine, ImportRun
from blog.moderation import Status
from blog.services import refresh_thread

from ..statistics import analyze_tables

# Links replies without a parent only, so that a second run changes nothing.
_TIE = """
UPDATE blog_comment AS reply SET parent_id = parent.id
FROM blog_importline AS line
JOIN blog_imported AS mine ON mine.site = %(site)s AND mine.kind = 'comment' AND mine.wp_id = line.wp_id
JOIN blog_imported AS its ON its.site = %(site)s AND its.kind = 'comment' AND its.wp_id = line.parent_wp_id
JOIN blog_comment AS parent ON parent.id = its.comment_id
WHERE line.run_id = %(run)s AND line.kind = 'comment' AND line.parent_wp_id > 0
  AND line.outcome IN ('imported', 'updated', 'unchanged')
  AND reply.id = mine.comment_id AND reply.parent_id IS NULL
  AND parent.article_id = reply.article_id AND parent.id <> reply.id
"""


@transaction.atomic
def link_replies(run: ImportRun) -> int:
    """Link every unlinked reply of the run to its parent; return how many."""
    analyze_tables(ImportLine, Imported, Comment)
    with connection.cursor() as cursor:
        cursor.execute(_TIE, {"site": run.site, "run": run.pk})
        return cursor.rowcount


def refresh_conversations(
    article_ids: Collection[int],
    touched: Iterable[int],
    now: datetime,
    progress: Callable[[list[int]], Iterable[int]],
) -> None:
    """Render the threads of touched articles, and of those whose comment count an interrupted run left wrong."""
    approved = Count("comments", filter=Q(comments__status=Status.APPROVED))
    wrong = Article.objects.filter(pk__in=article_ids).annotate(approved=approved)
    miscounted = wrong.exclude(comment_count=F("approved")).values_list("pk", flat=True)
    for pk in progress(sorted({*touched, *miscounted})):
        refresh_thread(pk, now)
