"""The symptom history: how the body responded over time, beside the completed sessions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.fragments import rendered_once
from common.unchanging import ByIdentity
from programs.facts.local_time import start_of_day
from programs.labels import label
from programs.models import CheckIn, SessionLog
from programs.pages.charts import Bar, Plot, bars, plot
from programs.plan import Plan, UnknownSession
from programs.rules.timeline import exercise_seconds, minutes_done
from programs.rules.vocabulary import CheckInKind, Focus, SessionKind
from programs.wording.check_in import BEFORE_WORDS
from programs.wording.questions import OptionWords

DAYS = 84  # twelve weeks
LINE_FROM = 4  # days with a check-in: fewer would only show good days and bad days
BARS_FROM = 2  # weeks with something done
SHOWN_FROM = 30  # seconds of a focus
MAX_CHECK_INS = 200
PAIN = {CheckInKind.BEFORE: "pain", CheckInKind.AFTER: "painMax"}  # kind of check-in → key of its pain answer


@dataclass(frozen=True)
class Day:
    """The highest level reported on one day (`label`), and the sessions done; None for what was not asked."""

    day: date
    label: str
    pain: int | None
    heaviness: int | None
    leak: int | None
    sessions: int


@dataclass(frozen=True)
class Latest:
    """What was reported on the last day with a check-in, in words, and how many such days are missing for a line."""

    day: date
    words: list[str]
    missing: int


@dataclass(frozen=True)
class SymptomHistory:
    """Plots and the same numbers for tables: `days` of the lines, `weeks` of the bars.

    Of too few days there is no line, only what was reported on the `latest`; of a symptom never reported there is a
    sentence in `without` instead of a flat line. `focus` has (label, minutes, percent of the largest) for each focus
    trained.
    """

    plots: list[Plot]
    without: list[str]
    latest: Latest | None
    days: list[Day]
    weeks: list[Bar]
    focus: list[tuple[str, int, int]]

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to show yet."""
        return not self.days


def symptom_history_of(
    check_ins: Sequence[CheckIn], plan: Plan, logs: Sequence[SessionLog], today: date
) -> SymptomHistory:
    """Return the symptom history of the last twelve weeks, from `logs` and the check-ins, oldest first."""
    begin = start_of_day(today - timedelta(days=DAYS))
    day = partial(timezone.localdate, timezone=timezone.get_current_timezone())
    reports = [(day(row.made_at), row) for row in check_ins[-MAX_CHECK_INS:] if row.made_at >= begin]
    recent = [(day(log.finished_at), log) for log in logs if log.finished_at >= begin]
    days = _days(reports, recent, today)
    reported = [one for one in days if one.pain is not None]
    is_little = len(reported) < LINE_FROM
    minutes = _minutes_a_week(recent, today)
    return SymptomHistory(
        plots=[] if is_little else _plots(days),
        without=[] if is_little else _without(reported),
        latest=_latest(reported) if is_little and reported else None,
        days=days,
        weeks=bars(minutes) if sum(bool(spent) for _week, spent in minutes) >= BARS_FROM else [],
        focus=_focus([log for _day, log in recent], plan),
    )


@rendered_once
def _labels(today: date) -> Mapping[date, str]:
    """Return the label of each day of the last twelve weeks, from the Monday before them on."""
    days = (today - timedelta(days=ago) for ago in range(DAYS + 7))
    return {day: _label(day) for day in days}


def _label(day: date) -> str:
    return date_format(day, "M j")


def _days(
    rows: Iterable[tuple[date, CheckIn]], logs: Iterable[tuple[date, SessionLog]], today: date
) -> list[Day]:
    """Return one Day for each day with a check-in or a session, oldest first."""
    done = Counter(day for day, log in logs if log.kind == SessionKind.SESSION and log.counts_as_done)
    reported: dict[date, list[CheckIn]] = {day: [] for day in done}
    for day, row in rows:
        if row.kind in PAIN:
            reported.setdefault(day, []).append(row)
    labels = _labels(today)
    return [
        _one_day(day, labels.get(day) or _label(day), reported[day], done[day]) for day in sorted(reported)
    ]


def _one_day(day: date, label_of_day: str, rows: Sequence[CheckIn], sessions: int) -> Day:
    def highest(name: str) -> int | None:
        return max((row.answers[name] for row in rows), default=None)

    pain = max((row.answers[PAIN[CheckInKind(row.kind)]] for row in rows), default=None)
    return Day(day, label_of_day, pain, highest("heaviness"), highest("leak"), sessions)


def _plots(days: Sequence[Day]) -> list[Plot]:
    first, last = days[0].day, days[-1].day
    span = (last - first).days
    sessions = [(one.day - first).days for one in days if one.sessions]
    dates = (days[0].label, days[-1].label if span else "")

    def line(title: str, name: str, ticks: list[tuple[float, str]]) -> Plot:
        reported = [(one, getattr(one, name)) for one in days if getattr(one, name) is not None]
        values = [((one.day - first).days, value, f"{one.label}: {value}") for one, value in reported]
        return plot(title, ticks, dates, values, sessions, span)

    lines = {
        "pain": lambda: line(_("Pain, 0 to 10"), "pain", [(0, "0"), (5, "5"), (10, "10")]),
        "heaviness": lambda: line(
            _("Heaviness, 0 to 3"), "heaviness", [(0, _("none")), (1, "1"), (2, "2"), (3, _("bulge"))]
        ),
        "leak": lambda: line(
            _("Leaking, 0 to 3"), "leak", [(0, _("none")), (1, "1"), (2, "2"), (3, _("a lot"))]
        ),
    }
    return [make() for name, make in lines.items() if any(getattr(one, name) for one in days)]


def _without(reported: Sequence[Day]) -> list[str]:
    """Return a sentence for each symptom that no day had."""
    names = {"pain": _("Pain"), "heaviness": _("Heaviness"), "leak": _("Leaking")}
    words = ngettext("%(name)s: none on %(n)d day", "%(name)s: none on all %(n)d days", len(reported))
    return [
        words % {"name": name, "n": len(reported)}
        for symptom, name in names.items()
        if not any(getattr(one, symptom) for one in reported)
    ]


def _latest(reported: Sequence[Day]) -> Latest:
    last = reported[-1]
    words = [_("Pain: %(n)d of 10") % {"n": last.pain}] if last.pain else [_("No pain")]
    for name, text in (("heaviness", _("Heaviness: %(answer)s")), ("leak", _("Leaking: %(answer)s"))):
        options: Mapping[Any, OptionWords] = BEFORE_WORDS[name].options
        words.append(text % {"answer": options[getattr(last, name)].label})
    return Latest(last.day, words, LINE_FROM - len(reported))


def _minutes_a_week(logs: Sequence[tuple[date, SessionLog]], today: date) -> list[tuple[str, int]]:
    """Return (Monday, minutes) of each week, Monday to Sunday, oldest first, from the first week with any."""
    if not logs:
        return []
    monday = today - timedelta(days=today.weekday())
    seconds: Counter[date] = Counter()
    for day, log in logs:
        seconds[day - timedelta(days=day.weekday())] += log.seconds_done
    weeks = (monday - min(seconds)).days // 7
    mondays = [min(seconds) + timedelta(weeks=number) for number in range(weeks + 1)]
    labels = _labels(today)
    return [(labels.get(day) or _label(day), minutes_done(seconds[day])) for day in mondays]


def _focus(logs: Sequence[SessionLog], plan: Plan) -> list[tuple[str, int, int]]:
    """Return (label, minutes, percent of the largest) for each focus, by the planned share of each session.

    A focus of less than half a minute is left out: its bar would show something where there is next to nothing.
    """
    seconds = dict.fromkeys(Focus, 0.0)
    for log in logs:
        for focus, share in _shares(ByIdentity(plan), log.session_key).items():
            seconds[focus] += share * log.seconds_done
    largest = max(seconds.values())
    return [
        (str(label(focus)), minutes_done(spent), round(100 * spent / largest))
        for focus, spent in seconds.items()
        if spent >= SHOWN_FROM
    ]


@lru_cache(1024)
def _shares(of: ByIdentity[Plan], key: str) -> Mapping[Focus, float]:
    """Return the share of each focus in the work of a session; the shares sum to 1. Empty for an unknown session."""
    plan = of.it
    try:
        prescriptions = plan.session(key).prescriptions
    except UnknownSession:
        return {}
    seconds: Counter[Focus] = Counter()
    for one in prescriptions:
        seconds[plan.exercise(one.exercise).focus] += exercise_seconds(one.dose, one.sides)
    total = sum(seconds.values())
    return {focus: part / total for focus, part in seconds.items()} if total else {}
