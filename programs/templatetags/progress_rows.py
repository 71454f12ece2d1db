"""Rows of tables and lists of what was done: each kind is rendered once, and filled in with the numbers of a member."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from common.fragments import PartToFill
from programs.pages.charts import Bar
from programs.pages.history import LogLine, WeekDone
from programs.pages.progress import Day

register = template.Library()

NOT_ASKED = "–"
_day = PartToFill("programs/_symptom_day.html", "day", "pain", "heaviness", "leak", "sessions")
_line = PartToFill("programs/_recent_session.html", "title", "ended", "minutes")
_week = PartToFill("programs/_week_row.html", "done", "minutes")
_bar = PartToFill(
    "programs/_minutes_bar.html", "x", "y", "width", "height", "label", "value", "number_x", "number_y"
)
_bar_row = PartToFill("programs/_minutes_row.html", "label", "value")


@register.simple_tag
def symptom_days(days: Sequence[Day]) -> SafeString:
    """Return the rows of the table of symptoms."""
    return _day.all(
        {
            "day": one.label,
            "pain": _told(one.pain),
            "heaviness": _told(one.heaviness),
            "leak": _told(one.leak),
            "sessions": one.sessions,
        }
        for one in days
    )


@register.simple_tag
def recent_sessions(lines: Sequence[LogLine]) -> SafeString:
    """Return the latest sessions as items of a list."""
    return _line.all({"title": one.title, "ended": one.ended, "minutes": one.log.minutes} for one in lines)


@register.simple_tag
def week_row(one: WeekDone) -> SafeString:
    """Return a week that has begun as an item of a list."""
    return _week(
        {"done": one.sessions_done, "minutes": one.minutes},
        week=one.week,
        planned=one.sessions_planned,
        is_current=one.is_current,
        has_minutes=bool(one.minutes),
    )


@register.simple_tag
def minutes_bars(bars: Sequence[Bar]) -> SafeString:
    """Return the columns of a bar chart, the first and the last with their labels."""
    first, last = bars[:1], bars[1:][-1:]
    return SafeString(
        _columns(first, place="first") + _columns(bars[1:-1], place="") + _columns(last, place="last")
    )


@register.simple_tag
def minutes_rows(bars: Sequence[Bar]) -> SafeString:
    """Return the same as rows of a table."""
    return _bar_row.all({"label": one.label, "value": one.value} for one in bars)


def _columns(bars: Sequence[Bar], place: str) -> SafeString:
    return _bar.all(map(_column, bars), place=place)


def _column(one: Bar) -> dict[str, object]:
    number = one.number_at
    return {
        "x": one.x,
        "y": one.y,
        "width": one.width,
        "height": one.height,
        "label": one.label,
        "value": one.value,
        "number_x": number.x,
        "number_y": number.y,
    }


def _told(level: int | None) -> object:
    return NOT_ASKED if level is None else level
