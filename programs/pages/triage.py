"""Who needs the therapist: open concerns, and members of whom nothing was heard. Bounded lists, never counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import ngettext

from programs.models import CareAction, CheckIn, Concern, Enrollment, SafetyHold, SessionLog
from programs.querysets.journey import OPEN
from programs.rules.vocabulary import EnrollmentState, Urgency
from programs.wording.concerns import URGENCY_WORDS, because_lines, concern_title

SHOWN = 40
QUIET_AFTER = timedelta(days=10)
QUIET_UNTIL = timedelta(days=60)  # later a letter helps less than her own wish to come back
RANK = Case(*(When(urgency=urgency, then=Value(-urgency.rank)) for urgency in Urgency), default=Value(0))
IN_FORCE = SafetyHold.objects.filter(participant=OuterRef("participant"), ended_at=None)


@dataclass(frozen=True)
class ConcernLine:
    """One concern in the therapist's words."""

    row: Concern
    title: str
    because: list[str]
    urgency: Urgency
    soon: str

    PRESSING = (Urgency.EMERGENCY, Urgency.RIGHT_AWAY, Urgency.SAME_DAY)


@dataclass(frozen=True)
class QuietMember:
    """A member of whom nothing was heard since `since`."""

    enrollment: Enrollment
    since: datetime


def concern_line(row):
    """A Concern in words."""
    because, again = row.facts.get("because", []), row.facts.get("again", [])
    urgency, lines = Urgency(row.urgency), because_lines(because)
    if again:
        words = ngettext(
            "Reported once more, on %(day)s", "Reported %(n)d times more, last on %(day)s", len(again)
        )
        lines.append(words % {"n": len(again), "day": date_format(parse_datetime(again[-1]))})
    return ConcernLine(row, concern_title(row.code, because), lines, urgency, URGENCY_WORDS[urgency])


def open_concerns(most=SHOWN):
    """The open concerns, the most urgent and then the oldest first; one more than `most` if there are more
    (one query). Each row knows whether she is `in_program` and `is_held`."""
    order = (RANK, "opened_at", "pk")
    # The inner list is put in order before anybody's name is looked up, so that no table of people is read whole.
    first = Concern.objects.filter(resolved_at=None).order_by(*order).values("pk")[: most + 1]
    place = Enrollment.objects.filter(participant=OuterRef("participant"), state__in=OPEN)
    rows = (
        Concern.objects.filter(pk__in=first)
        .annotate(in_program=Exists(place), is_held=Exists(place.filter(Exists(IN_FORCE))))
        .select_related("participant__user")
    )
    return [concern_line(row) for row in rows.order_by(*order)]


def quiet_members(now, most=SHOWN):
    """Members in the program who neither logged nor reported anything for ten days (one query).

    Left out: those who pause, who are held, who were thought of at the desk in the last ten days, and those
    quiet for so long that they have gone. Latest first; one more than `most` if there are more.
    """
    heard_after = now - QUIET_AFTER
    logs = SessionLog.objects.filter(enrollment=OuterRef("pk"))
    check_ins = CheckIn.objects.filter(enrollment=OuterRef("pk"))
    thought_of = CareAction.objects.filter(participant=OuterRef("participant"), at__gte=heard_after)
    quiet = (
        Enrollment.objects.annotate(heard_at=_last_heard(logs, check_ins))
        .filter(
            ~Exists(thought_of),
            ~Exists(IN_FORCE),
            state=EnrollmentState.ACTIVE,
            week_started_at__lt=heard_after,
            week_started_at__gte=now - QUIET_UNTIL,
            heard_at__lt=heard_after,  # looked up one by one in the order below, until enough are found
        )
        .select_related("participant__user")
        .order_by("-week_started_at")[: most + 1]
    )
    return [QuietMember(row, row.heard_at) for row in quiet]


def _last_heard(logs, check_ins):
    def newest(rows, field):
        return Coalesce(
            Subquery(rows.order_by(f"-{field}").values(field)[:1]),
            F("started_at"),
            output_field=DateTimeField(),
        )

    return Greatest(newest(logs, "finished_at"), newest(check_ins, "made_at"), F("week_started_at"))
