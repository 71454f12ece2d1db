"""What she reported and what was decided, from rows to the plain histories the rules read, oldest first.

Times are given in the time zone in force, which for a member's page is her own.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from programs.models import CheckIn, Clearance, Decision, Screening, SelfCheck
from programs.rules.history import PastCheckIn
from programs.rules.past_decisions import PastDecision
from programs.rules.safety_flags import FlagMark
from programs.rules.schedule import phase_of_week
from programs.rules.screening import safety_flags
from programs.rules.vocabulary import Advice, CheckInKind, DecisionOutcome, Outcome, SafetyFlag

FRESH = timedelta(hours=12)  # how long a check-in before a session speaks for it
MOST_CHECK_INS = 400  # over two years of them; a bound, so that no page grows with time
MOST_DECISIONS = 200
MOST_MARKS = 60

_BEGINS_PHASE = {
    DecisionOutcome.ADVANCE_PHASE,
    DecisionOutcome.RESTART_PHASE,
    DecisionOutcome.STEP_BACK_PHASE,
}


def check_ins_of(enrollment, before=None, most=MOST_CHECK_INS):
    """Her newest complete check-ins (at most `most`) made before `before`, as rows, oldest first (one query)."""
    rows = CheckIn.objects.filter(enrollment=enrollment, is_complete=True)
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


def flag_marks(enrollment, screenings):
    """What set or lifted a safety flag outright: `screenings`, self-checks, a clinician (two queries)."""
    marks = [
        FlagMark(flag=flag, at=screening.completed_at)
        for screening in screenings
        for flag in safety_flags(screening.flags)
    ]
    self_checks = SelfCheck.objects.filter(enrollment=enrollment)[:MOST_MARKS]
    marks += [FlagMark(flag=SafetyFlag(flag), at=one.made_at) for one in self_checks for flag in one.flags]
    lifted = Clearance.objects.filter(enrollment=enrollment, code=SafetyFlag.PF_TENSION)
    return marks + [FlagMark(flag=SafetyFlag(one.code), at=one.recorded_at, on=False) for one in lifted]


def screenings_of(enrollment):
    """The screening she began with and all finished since, oldest first (one query)."""
    done = Screening.objects.filter(participant_id=enrollment.participant_id, completed_at__isnull=False)
    newest = list(done.order_by("-completed_at")[:MOST_MARKS])[::-1]
    first = max(
        (one.completed_at for one in newest if one.completed_at <= enrollment.started_at), default=None
    )
    return [one for one in newest if first is None or one.completed_at >= first]
