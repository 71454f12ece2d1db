"""Her symptom picture: how the body answered over time beside what she did."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.labels import label
from programs.pages.charts import Bar, Plot, bars, plot
from programs.plan import UnknownSession
from programs.rules.timeline import exercise_seconds
from programs.rules.vocabulary import CheckInKind, Focus, SessionKind

DAYS = 84  # twelve weeks back
MOST = 200
PAIN = {CheckInKind.BEFORE: "pain", CheckInKind.AFTER: "painMax"}


@dataclass(frozen=True)
class Day:
    """The most she reported on one day, and the sessions done; None for what was not asked."""

    day: date
    pain: int | None
    heaviness: int | None
    leak: int | None
    sessions: int


@dataclass(frozen=True)
class Picture:
    """Plots with the same figures as tables: `days` for the lines, `weeks` for the bars."""

    plots: list[Plot]
    days: list[Day]
    weeks: list[Bar]
    focus: list[tuple[str, int, int]]

    @property
    def is_empty(self):
        """Whether there is nothing to show yet."""
        return not self.days


def symptom_history_of(journey, plan, logs):
    """Return the picture of the last twelve weeks, from `logs` and the check-ins (one query)."""
    today = journey.today
    first = today - timedelta(days=DAYS)
    rows = [row for row in journey.check_ins[-MOST:] if _day(row.made_at) >= first]
    recent = [log for log in logs if _day(log.finished_at) >= first]
    days = _days(rows, recent)
    return Picture(
        plots=_plots(days) if days else [],
        days=days,
        weeks=bars(_minutes_a_week(recent, today)),
        focus=_focus(recent, plan),
    )


def _day(moment):
    return timezone.localdate(moment)


def _days(rows, logs):
    """One Day for each day with a check-in or a session, oldest first."""
    done = Counter(
        _day(log.finished_at) for log in logs if log.kind == SessionKind.SESSION and log.counts_as_done
    )
    reported = {day: [] for day in done}
    for row in rows:
        if row.kind in PAIN:
            reported.setdefault(_day(row.made_at), []).append(row)
    return [_one_day(day, reported[day], done[day]) for day in sorted(reported)]


def _one_day(day, rows, sessions):
    def most(name):
        return max((row.answers[name] for row in rows), default=None)

    pain = max((row.answers[PAIN[row.kind]] for row in rows), default=None)
    return Day(day=day, pain=pain, heaviness=most("heaviness"), leak=most("leak"), sessions=sessions)


def _plots(days):
    first, last = days[0].day, days[-1].day
    span = (last - first).days
    sessions = [(one.day - first).days for one in days if one.sessions]
    named = (date_format(first, "j M"), date_format(last, "j M") if span else "")

    def line(label_, name, high, ends):
        values = [
            ((one.day - first).days, getattr(one, name)) for one in days if getattr(one, name) is not None
        ]
        return plot(label_, ends, named, values, high, sessions, span)

    return [
        line(_("Pain, 0 to 10"), "pain", 10, ("0", "10")),
        line(_("Heaviness"), "heaviness", 3, (_("none"), _("bulge"))),
        line(_("Leaking"), "leak", 3, (_("none"), _("a lot"))),
    ]


def _minutes_a_week(logs, today):
    """Minutes in each of the last weeks, Monday to Sunday, oldest first, from the first week with any."""
    if not logs:
        return []
    monday = today - timedelta(days=today.weekday())
    seconds = Counter()
    for log in logs:
        day = _day(log.finished_at)
        seconds[day - timedelta(days=day.weekday())] += log.seconds_done
    weeks = (monday - min(seconds)).days // 7
    mondays = [min(seconds) + timedelta(weeks=number) for number in range(weeks + 1)]
    return [(date_format(day, "j M"), round(seconds[day] / 60)) for day in mondays]


def _focus(logs, plan):
    """Minutes for each focus (label, minutes, percent of the most), by what the sessions are made of."""
    seconds = Counter()
    for log in logs:
        shares = _shares(plan, log.session_key)
        for focus, share in shares.items():
            seconds[focus] += share * log.seconds_done
    most = max(seconds.values(), default=0)
    return [
        (str(label(focus)), round(seconds[focus] / 60), round(100 * seconds[focus] / most))
        for focus in Focus
        if seconds[focus]
    ]


def _shares(plan, key):
    """How a session's work is shared among the focus areas, as parts of one."""
    try:
        prescriptions = plan.session(key).prescriptions
    except UnknownSession:
        return {}
    seconds = Counter()
    for one in prescriptions:
        seconds[plan.exercise(one.exercise).focus] += exercise_seconds(one.dose, one.sides)
    total = sum(seconds.values())
    return {focus: part / total for focus, part in seconds.items()} if total else {}
