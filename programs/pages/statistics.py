"""Aggregate statistics of a program. Groups of fewer than five people are never shown."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from programs.models import CheckIn, Decision, Enrollment, Program, SessionLog
from programs.pages.charts import Bar, bars
from programs.rules.vocabulary import CheckInKind, EnrollmentState, Outcome, SessionKind
from programs.wording.check_in import OUTCOME_WORDS

MIN_GROUP_SIZE = 5  # members of a smaller group could be identified by people who know them
PERIOD = timedelta(days=180)
QUIET_FOR = timedelta(days=30)
SESSIONS_A_WEEK = 3

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table with its bar chart; `left_out` counts the groups that are too small to show."""

    key: str
    title: str
    about: str
    head: list[str]
    rows: list[Row]
    left_out: int
    bars: list[Bar]


def tables_of(program: Program | None, now: datetime) -> list[Table]:
    """Return all tables for `program` over the last half year (four queries); empty tables for None."""
    since = now - PERIOD
    return [
        _adherence(program, since),
        _drop_off(program, since, now - QUIET_FOR),
        _outcomes(program, since),
        _decisions(program, since),
    ]


def _adherence(program: Program | None, since: datetime) -> Table:
    """Return sessions done ÷ planned by week, among members who did any session of it."""
    done = (
        SessionLog.objects.filter(
            enrollment__release__program=program,
            finished_at__gte=since,
            kind=SessionKind.SESSION,
            counts_as_done=True,
        )
        .values("week")
        .annotate(people=Count("enrollment", distinct=True), sessions=Count(F("session_key")))
    )
    groups, left_out = _large_enough({row["week"]: (row["people"], row["sessions"]) for row in done})
    rows: list[Row] = [
        (week, people, min(100, round(100 * sessions / (people * SESSIONS_A_WEEK))))
        for week, (people, sessions) in groups
    ]
    head = [_("Week"), _("Mothers"), _("Sessions done of three, percent")]
    about = _("Of the mothers who did any session of a week: how many of its three sessions, in percent.")
    return _table("adherence", _("Sessions done, by week"), about, head, rows, left_out)


def _drop_off(program: Program | None, since: datetime, quiet: datetime) -> Table:
    """Return the current week of members who did not complete the program and entered no week after `quiet`."""
    stopped = (
        Enrollment.objects.filter(release__program=program, week_started_at__range=(since, quiet))
        .exclude(state=EnrollmentState.COMPLETED)
        .values("week")
        .annotate(people=Count("pk"))
    )
    groups, left_out = _large_enough({row["week"]: (row["people"],) for row in stopped})
    rows: list[Row] = [(week, people) for week, (people,) in groups]
    about = _("In which week mothers are who have not moved on for a month and did not finish.")
    return _table("stops", _("Where mothers stop"), about, [_("Week"), _("Mothers")], rows, left_out)


def _outcomes(program: Program | None, since: datetime) -> Table:
    """Return the outcomes of check-ins before a session by week, in percent."""
    groups, left_out = _large_enough(_outcome_counts(program, since))
    rows: list[Row] = [
        (week, number, *(_percent(count, outcome) for outcome in Outcome), 100 - _percent(count, Outcome.GO))
        for week, (number, count) in groups
    ]
    head = [_("Week"), _("Mothers, at least"), *(str(OUTCOME_WORDS[one].title) for one in Outcome)]
    about = _(
        "What check-ins before a session led to, in percent. The columns show all that was not “good to go”."
    )
    return _table(
        "outcomes", _("How bodies responded, by week"), about, [*head, _("Not good to go")], rows, left_out
    )


def _outcome_counts(program: Program | None, since: datetime) -> dict[int, tuple[int, Counter[str]]]:
    """Return (people at least, number of check-ins by outcome) by week (one query)."""
    found = (
        CheckIn.objects.standing()
        .filter(enrollment__release__program=program, made_at__gte=since, kind=CheckInKind.BEFORE)
        .values("week", "outcome")
        .annotate(people=Count("enrollment", distinct=True), check_ins=Count("pk"))
    )
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    people: Counter[int] = Counter()
    for row in found:
        counts[row["week"]][row["outcome"]] += row["check_ins"]
        people[row["week"]] = max(people[row["week"]], row["people"])
    return {week: (people[week], counts[week]) for week in counts}


def _decisions(program: Program | None, since: datetime) -> Table:
    """Return how many of the decisions about a week led to a later one, in percent."""
    found = (
        Decision.objects.filter(enrollment__release__program=program, made_at__gte=since, withdrawn_at=None)
        .values("from_week")
        .annotate(
            people=Count("enrollment", distinct=True),
            onward=Count("pk", filter=Q(to_week__gt=F("from_week"))),
            decisions=Count("pk"),
        )
    )
    groups, left_out = _large_enough(
        {row["from_week"]: (row["people"], row["decisions"], row["onward"]) for row in found}
    )
    rows: list[Row] = [
        (week, people, decisions, round(100 * onward / decisions))
        for week, (people, decisions, onward) in groups
    ]
    head = [_("Week"), _("Mothers"), _("Decisions"), _("Led on, percent")]
    about = _("Of the decisions about a week: how many led to a later week, in percent.")
    return _table("decisions", _("Weeks that led on"), about, head, rows, left_out)


def _percent(count: Counter[str], outcome: Outcome) -> int:
    return round(100 * count[outcome] / (sum(count.values()) or 1))


def _large_enough(groups: Mapping[int, Row]) -> tuple[list[tuple[int, Row]], int]:
    """Return the groups (week → people first, then numbers) of five people or more by week, and how many are left out."""
    rows = [(week, group) for week, group in sorted(groups.items()) if group[0] >= MIN_GROUP_SIZE]
    return rows, len(groups) - len(rows)


def _table(key: str, title: str, about: str, head: list[str], rows: list[Row], left_out: int) -> Table:
    """Return a table whose bar chart shows its last column."""
    return Table(key, title, about, head, rows, left_out, bars([(str(row[0]), row[-1]) for row in rows]))
