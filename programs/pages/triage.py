"""Members who need the therapist: open concerns, and members without recent activity. Bounded lists, never counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.prepared import Parameter, PreparedQuery
from programs.models import CareAction, CheckIn, Concern, Enrollment, Participant, SafetyHold, SessionLog
from programs.querysets.journey import OPEN
from programs.rules.check_in import RULES
from programs.rules.unlock_rules import THERAPIST
from programs.rules.vocabulary import EnrollmentState, Urgency
from programs.services.concern import reports_of
from programs.wording.concerns import URGENCY_WORDS, because_lines, concern_title
from programs.wording.signs import RED_FLAG_WORDS

MAX_ROWS, MAX_NEWS = 40, 5
QUIET_AFTER = timedelta(days=10)
QUIET_UNTIL = timedelta(
    days=60
)  # after that, a message is less useful than the member's own wish to come back
RANK = Case(*(When(urgency=urgency, then=Value(-urgency.rank)) for urgency in Urgency), default=Value(0))
REPORTS_SO_FAR = Coalesce(
    Subquery(
        Concern.objects.filter(participant=OuterRef("participant"))
        .order_by()
        .values("participant")
        .annotate(all=Sum("reports"))
        .values("all")
    ),
    0,
)
NEWEST_ACTION = Coalesce(
    Subquery(
        CareAction.objects.filter(participant=OuterRef("participant"))
        .order_by()
        .values("participant")
        .annotate(newest=Max("pk"))
        .values("newest")
    ),
    0,
)
IN_FORCE = SafetyHold.objects.filter(participant=OuterRef("participant"), ended_at=None)


@dataclass(frozen=True)
class ConcernLine:
    """One concern as the therapist reads it."""

    row: Concern
    title: str
    because: list[str]
    urgency: Urgency
    soon: str

    PRESSING: ClassVar = (Urgency.EMERGENCY, Urgency.RIGHT_AWAY, Urgency.SAME_DAY)


@dataclass(frozen=True)
class HeldMember:
    """A member whose program waits, and no concern of whom is open: nothing else on the desk reminds of them."""

    hold: SafetyHold
    because: list[str]


@dataclass(frozen=True)
class QuietMember:
    """A member without any activity since `since`."""

    enrollment: Enrollment
    since: datetime


def concern_line(row: Concern) -> ConcernLine:
    """Return a Concern as text, with how often it was reported again."""
    because, again = row.facts.get("because", []), row.facts.get("again", [])
    urgency, lines = Urgency(row.urgency), list(because_lines(because))
    if again:
        text = ngettext(
            "Reported once more, on %(day)s", "Reported %(n)d times more, last on %(day)s", len(again)
        )
        lines.append(text % {"n": len(again), "day": date_format(datetime.fromisoformat(again[-1]))})
    if corrected := row.facts.get("corrected"):
        at = timezone.localtime(datetime.fromisoformat(corrected[-1]))
        text = _("She corrected this on %(when)s: a tap on the wrong answer. Her record shows both.")
        lines.append(text % {"when": date_format(at, "DATETIME_FORMAT")})
    return ConcernLine(
        row=row,
        title=concern_title(row.code, because),
        because=lines,
        urgency=urgency,
        soon=str(URGENCY_WORDS[urgency]),
    )


def open_concerns(limit: int = MAX_ROWS) -> list[ConcernLine]:
    """Return the open concerns, most urgent and then oldest first (one query); `limit` + 1 if there are more.

    Each row is annotated with whether its member is `in_program` and `is_held`, what they reported `so_far`, the
    `newest_action` for them, their `week` and the `hold_rules` they wait for.
    """
    return [concern_line(row) for row in _open_concerns(limit)()]


@cache
def _open_concerns(limit: int) -> PreparedQuery[Concern]:
    order = (RANK, "opened_at", "pk")
    # Sort and limit in a subquery before joining the users, so that the database never reads that whole table.
    first = Concern.objects.filter(resolved_at=None).order_by(*order).values("pk")[: limit + 1]
    place = Enrollment.objects.filter(participant=OuterRef("participant"), state__in=OPEN)
    rows = (
        Concern.objects.filter(pk__in=first)
        .annotate(
            in_program=Exists(place),
            is_held=Exists(place.filter(Exists(IN_FORCE))),
            so_far=REPORTS_SO_FAR,
            newest_action=NEWEST_ACTION,
            week=Subquery(place.values("week")[:1]),
            hold_rules=Subquery(IN_FORCE.values("rules_matched")[:1]),
        )
        .select_related("participant__user")
    )
    return PreparedQuery(lambda: rows.order_by(*order))


def reported_since(participant: Participant, seen: int) -> list[ConcernLine]:
    """Return the concerns that a member has added to since all of hers together counted `seen` reports.

    At most one for each new report, the latest first (two queries).
    """
    new = reports_of(participant.pk) - seen
    rows = Concern.objects.filter(participant=participant).order_by("-reported_at", "-pk")
    return [concern_line(row) for row in rows[: max(0, min(new, MAX_NEWS))]]


def held_members(limit: int = MAX_ROWS) -> list[HeldMember]:
    """Return the members whose program waits and who have no open concern, the longest first (one query).

    Each hold is annotated as the rows of `open_concerns` are. `limit` + 1 if there are more.
    """
    return [HeldMember(hold, _because(hold)) for hold in _held_members(limit)()]


@cache
def _held_members(limit: int) -> PreparedQuery[SafetyHold]:
    concerns = Concern.objects.filter(participant=OuterRef("participant"), resolved_at=None)
    place = Enrollment.objects.filter(participant=OuterRef("participant"), state__in=OPEN)
    holds = (
        SafetyHold.objects.filter(~Exists(concerns), ended_at=None)
        .annotate(
            in_program=Exists(place),
            so_far=REPORTS_SO_FAR,
            newest_action=NEWEST_ACTION,
            week=Subquery(place.values("week")[:1]),
        )
        .select_related("participant__user")
        .order_by("began_at")
    )
    return PreparedQuery(lambda: holds[: limit + 1])


def _because(hold: SafetyHold) -> list[str]:
    if hold.rules_matched == [THERAPIST]:
        return [_("By your own decision")]
    flags = [str(RED_FLAG_WORDS[flag]) for flag in hold.red_flags if flag in RED_FLAG_WORDS]
    rules = [RULES[rule].says for rule in hold.rules_matched if rule in RULES]
    return list(dict.fromkeys([*flags, *rules]))


def quiet_members(now: datetime, limit: int = MAX_ROWS) -> list[QuietMember]:
    """Return the members in the program who neither logged nor reported anything for ten days (one query).

    Excluded are members who are paused or held, who had a care action in the last ten days, or who have been quiet
    longer than QUIET_UNTIL. Latest first; `limit` + 1 if there are more.
    """
    found = _quiet_members(limit)(active_after=now - QUIET_AFTER, began_after=now - QUIET_UNTIL)
    return [QuietMember(row, row.active_at) for row in found]  # type: ignore[attr-defined]


@cache
def _quiet_members(limit: int) -> PreparedQuery[Enrollment]:
    active_after = Parameter("active_after")
    logs = SessionLog.objects.filter(enrollment=OuterRef("pk"))
    check_ins = CheckIn.objects.filter(enrollment=OuterRef("pk"))
    cared_for = CareAction.objects.filter(participant=OuterRef("participant"), at__gte=active_after)
    quiet = (
        Enrollment.objects.annotate(
            active_at=_last_activity(logs, check_ins), so_far=REPORTS_SO_FAR, newest_action=NEWEST_ACTION
        )
        .alias(logged_at=_newest(logs, "finished_at"), reported_at=_newest(check_ins, "made_at"))
        .filter(
            ~Exists(cared_for),
            ~Exists(IN_FORCE),
            state=EnrollmentState.ACTIVE,
            week_started_at__lt=active_after,
            week_started_at__gte=Parameter("began_after"),
            # Evaluated row by row in the order below, until enough are found; of most the first one is enough.
            logged_at__lt=active_after,
            reported_at__lt=active_after,
        )
        .select_related("participant__user")
        .order_by("-week_started_at")
    )
    return PreparedQuery(lambda: quiet[: limit + 1])


def _last_activity(logs: QuerySet[SessionLog], check_ins: QuerySet[CheckIn]) -> Greatest:
    return Greatest(_newest(logs, "finished_at"), _newest(check_ins, "made_at"), F("week_started_at"))


def _newest(rows: QuerySet[Any], field: str) -> Coalesce:
    return Coalesce(
        Subquery(rows.order_by(f"-{field}").values(field)[:1]),
        F("started_at"),
        output_field=DateTimeField(),
    )
