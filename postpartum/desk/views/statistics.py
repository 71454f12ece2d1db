"""Statistics about groups of five or more, as charts, tables and CSV. Cached for an hour."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import Article, Comment
from blog.moderation import Status
from common.csv_files import as_csv
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.views.program import the_program
from programs.pages.charts import bars
from programs.pages.statistics import PERIOD, Table, tables_of

CACHE_SECONDS = 60 * 60


@desk_page(roles.SEE_NUMBERS)
@require_safe
def statistics(request: MemberRequest) -> HttpResponse:
    """Show all tables."""
    counted_at, tables = _cached_tables(timezone.now())
    context = {"tables": tables, "counted_at": counted_at}
    return desk_render(request, "desk/numbers.html", context, _("Numbers"))


@desk_page(roles.SEE_NUMBERS)
@require_safe
def as_file(request: MemberRequest, key: str) -> HttpResponse:
    """Return one table as a CSV file."""
    _counted_at, tables = _cached_tables(timezone.now())
    table = next((table for table in tables if table.key == key), None)
    if table is None:
        raise Http404
    response = HttpResponse(as_csv(table.head, table.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response


def _cached_tables(now: datetime) -> tuple[datetime, list[Table]]:
    """Return when the tables were computed, and the tables: counting a million sessions takes seconds."""
    key = f"desk.numbers.{get_language()}"
    cached: Any = cache.get_or_set(key, lambda: (now, _tables(now)), CACHE_SECONDS)
    return cached


def _tables(now: datetime) -> list[Table]:
    return [*tables_of(the_program(), now), _comments(now), _articles()]


def _comments(now: datetime) -> Table:
    """Count approved comments by month. They are public, so no smallest group applies."""
    found = (
        Comment.objects.filter(status=Status.APPROVED, created_at__gte=now - PERIOD)
        .annotate(month=TruncMonth("created_at"))
        .values("month")
        .annotate(comments=Count("pk"))
        .order_by("month")
    )
    rows = [(date_format(row["month"], "M Y"), row["comments"]) for row in found]
    head = [_("Month"), _("Comments")]
    return Table("comments", _("Comments, by month"), "", head, rows, 0, bars(rows))


def _articles() -> Table:
    """Rank the articles with the most comments."""
    most = Article.objects.filter(comment_count__gt=0).order_by("-comment_count")[:15]
    rows = list(most.values_list("title", "comment_count"))
    plotted = bars([(str(number), count) for number, (_title, count) in enumerate(rows, start=1)])
    head = [_("Article"), _("Comments")]
    return Table("articles", _("Articles most talked about"), "", head, rows, 0, plotted)
