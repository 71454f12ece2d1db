"""What she reported and what was decided, from rows to the plain histories the rules read, oldest first.

Times are given in the time zone in force, which for a member's page is her own.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from programs.models import CheckIn, Decision, SafetyHold
from programs.rules.history import PastCheckIn
from programs.rules.past_decisions import PastDecision
from programs.rules.safety_flags import FlagMark
from programs.rules.schedule import phase_of_week
from programs.rules.vocabulary import Advice, CheckInKind, DecisionOutcome, Outcome, SafetyFlag

FRESH = timedelta(hours=12)  # how long a check-in before a session speaks for it
MOST_CHECK_INS = 400  # over two years of them; a bound, so that no page grows with time
MOST_DECISIONS = 200

_BEGINS_PHASE = {
    DecisionOutcome.ADVANCE_PHASE,
    DecisionOutcome.RESTART_PHASE,
    DecisionOutcome.STEP_BACK_PHASE,
}


def check_ins_of(enrollment, before=None, most=MOST_CHECK_INS, with_rules=False):
    """Her newest complete check-ins (at most `most`) made before `before`, as rows, oldest first (one query).

    Only `with_rules` do they come with the rules that held; what they saw is never read along.
    """
    rows = CheckIn.objects.filter(enrollment=enrollment, is_complete=True).lean(with_rules)
    if before:
        rows = rows.filter(made_at__lt=before)
    return list(rows.order_by("-made_at", "-pk")[:most])[::-1]


def past_check_in(row):
    """One row as the rules see it."""
    return PastCheckIn(
        kind=CheckInKind(row.kind),
        at=timezone.localtime(row.made_at),
        answers=row.answers,
        outcome=Outcome(row.outcome),
        advice=tuple(Advice(code) for code in row.advice),
        session_mode=Outcome(row.mode),
    )


def decisions_of(enrollment):
    """Her newest decisions as rows, oldest first (one query)."""
    return list(Decision.objects.filter(enrollment=enrollment)[:MOST_DECISIONS])[::-1]


def past_decision(row):
    """One row as the rules see it."""
    return PastDecision(
        DecisionOutcome(row.outcome), tuple(Advice(code) for code in row.advice), row.from_week
    )


def phase_began(enrollment, decisions) -> datetime:
    """When she began the phase she is in, this time.

    A step back by a week into the phase before goes on with that phase as it was: it began when she first came.
    """
    phase = phase_of_week(enrollment.week)
    for row in reversed(decisions):
        if row.outcome in _BEGINS_PHASE and phase_of_week(row.to_week) == phase:
            return row.made_at
    return enrollment.started_at


def flag_marks(enrollment):
    """What set or lifted a safety flag outright: screenings, self-checks, a clinician."""
    return [
        FlagMark(flag=SafetyFlag(mark["flag"]), at=parse_datetime(mark["at"]), on=mark["on"])
        for mark in enrollment.flag_marks
    ]


def holds_of(enrollment):
    """Her newest holds: at most one in force and the last one that ended (one query)."""
    return list(SafetyHold.objects.filter(enrollment=enrollment)[:2])


def in_force(holds):
    """Of `holds_of`, the hold in force; None without one."""
    return next((hold for hold in holds if hold.ended_at is None), None)


def unlocked_at(holds):
    """Of `holds_of`, when the last one ended; None if none did."""
    return max((hold.ended_at for hold in holds if hold.ended_at), default=None)
