"""Numbers that help and none that spy: of groups only, and of none smaller than five people."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from programs.models import CheckIn, Decision, Enrollment, SessionLog
from programs.pages.charts import Bar, bars
from programs.rules.vocabulary import CheckInKind, EnrollmentState, Outcome, SessionKind
from programs.wording.check_in import OUTCOME_WORDS

FEWEST = 5  # a smaller group could be recognised by those who know her
MONTHS = timedelta(days=180)
SESSIONS_A_WEEK = 3


@dataclass(frozen=True)
class Table:
    """One question answered by numbers: a plot, the same as rows, and how many groups were too small to show."""

    key: str
    title: str
    about: str
    head: list[str]
    rows: list[tuple]
    left_out: int
    bars: list[Bar]


def tables_of(program, now):
    """All tables for `program` over the last half year (four queries)."""
    since = now - MONTHS
    return [
        _adherence(program, since),
        _where_they_stop(program, since),
        _outcomes(program, since),
        _decisions(program, since),
    ]


def _adherence(program, since):
    """Done ÷ planned of those who spent the week, by week."""
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
    groups = {row["week"]: (row["people"], row["sessions"]) for row in done}
    rows, left_out = _shown(groups, lambda group: group[0])
    rows = [
        (week, people, min(100, round(100 * sessions / (people * SESSIONS_A_WEEK))))
        for week, (people, sessions) in rows
    ]
    head = [_("Week"), _("Mothers"), _("Sessions done of three, percent")]
    about = _("Of the mothers who did any session of a week: how many of its three sessions, in percent.")
    return _table("adherence", _("Sessions done, by week"), about, head, rows, left_out)


def _where_they_stop(program, since):
    """The week in which those are who neither finished nor did anything for a month."""
    quiet = since + MONTHS - timedelta(days=30)
    stopped = (
        Enrollment.objects.filter(release__program=program, week_started_at__range=(since, quiet))
        .exclude(state=EnrollmentState.COMPLETED)
        .values("week")
        .annotate(people=Count("pk"))
    )
    groups = {row["week"]: (row["people"],) for row in stopped}
    rows, left_out = _shown(groups, lambda group: group[0])
    rows = [(week, people) for week, (people,) in rows]
    about = _("In which week mothers are who have not moved on for a month and did not finish.")
    return _table("stops", _("Where mothers stop"), about, [_("Week"), _("Mothers")], rows, left_out)


def _outcomes(program, since):
    """Of check-ins before a session, how many asked for something gentler, by week."""
    found = (
        CheckIn.objects.filter(
            enrollment__release__program=program, made_at__gte=since, kind=CheckInKind.BEFORE
        )
        .values("week", "outcome")
        .annotate(people=Count("enrollment", distinct=True), check_ins=Count("pk"))
    )
    counts, people = defaultdict(Counter), Counter()
    for row in found:
        counts[row["week"]][row["outcome"]] += row["check_ins"]
        people[row["week"]] = max(people[row["week"]], row["people"])
    groups = {week: (people[week], counts[week]) for week in counts}
    rows, left_out = _shown(groups, lambda group: group[0])
    rows = [
        (week, number, *(_percent(count, outcome) for outcome in Outcome), 100 - _percent(count, Outcome.GO))
        for week, (number, count) in rows
    ]
    head = [_("Week"), _("Mothers, at least"), *(str(OUTCOME_WORDS[one].title) for one in Outcome)]
    about = _(
        "What check-ins before a session led to, in percent. The columns show all that was not “good to go”."
    )
    return _table(
        "outcomes", _("How bodies answered, by week"), about, [*head, _("Not good to go")], rows, left_out
    )


def _decisions(program, since):
    """Of the decisions about a week, how many led to a later one."""
    found = (
        Decision.objects.filter(enrollment__release__program=program, made_at__gte=since)
        .values("from_week")
        .annotate(
            people=Count("enrollment", distinct=True),
            onward=Count("pk", filter=Q(to_week__gt=F("from_week"))),
            decisions=Count("pk"),
        )
    )
    groups = {row["from_week"]: (row["people"], row["decisions"], row["onward"]) for row in found}
    rows, left_out = _shown(groups, lambda group: group[0])
    rows = [
        (week, people, decisions, round(100 * onward / decisions))
        for week, (people, decisions, onward) in rows
    ]
    head = [_("Week"), _("Mothers"), _("Decisions"), _("Led on, percent")]
    about = _("Of the decisions about a week: how many led to a later one, in percent.")
    return _table("decisions", _("Weeks that led on"), about, head, rows, left_out)


def _percent(count, outcome):
    return round(100 * count[outcome] / (sum(count.values()) or 1))


def _shown(groups, people_in):
    """The groups of five or more in order, and how many were left out."""
    rows = [(week, group) for week, group in sorted(groups.items()) if people_in(group) >= FEWEST]
    return rows, len(groups) - len(rows)


def _table(key, title, about, head, rows, left_out):
    """The last column is what the plot shows."""
    return Table(key, title, about, head, rows, left_out, bars([(str(row[0]), row[-1]) for row in rows]))
