"""What the rules must know of her today: phase, safety flags, any hold in force."""

from dataclasses import dataclass

from django.utils import timezone

from programs.facts.releases import plan_of
from programs.models import SafetyHold
from programs.rules.schedule import days_since, is_cesarean_under_8_weeks, phase_of_week
from programs.rules.screening import safety_flags
from programs.rules.vocabulary import Outcome, SafetyFlag, SessionKind

FIRST_SESSION_DAY = 14  # evidence base, section C: early recovery mode for the first 2 weeks


@dataclass(frozen=True)
class Standing:
    """Where she stands at one moment."""

    days_since_birth: int
    phase: int
    flags: frozenset[SafetyFlag]
    hold: SafetyHold | None
    outcome: Outcome

    @property
    def is_early(self):
        """Whether she is in the first two weeks: early recovery instead of sessions."""
        return self.days_since_birth < FIRST_SESSION_DAY

    @property
    def is_emergency(self):
        """Whether an emergency is in force."""
        return self.hold is not None and self.hold.outcome == Outcome.EMERGENCY


def plan_for(enrollment):
    """The plan she lives, in the words that fit her: without talk of a baby where hers is not with her."""
    plan = plan_of(enrollment.release_id)
    return plan.without_baby if enrollment.participant.baby_not_with_me else plan


def standing_of(enrollment, now):
    """Her standing at `now` (one query)."""
    days = days_since(enrollment.birth_date, timezone.localdate(now))
    flags = set(safety_flags(enrollment.screening.flags))
    if is_cesarean_under_8_weeks(enrollment.birth_type, days):
        flags.add(SafetyFlag.CESAREAN_LT_8W)
    return Standing(
        days_since_birth=days,
        phase=phase_of_week(enrollment.week),
        flags=frozenset(flags),
        hold=SafetyHold.objects.filter(enrollment=enrollment, ended_at=None).first(),
        outcome=Outcome.GO,
    )


def closed_because(standing, session, week):
    """Why `session` is not open to her now: "emergency", "hold", "early", "later"; None when it is open."""
    if standing.is_emergency:
        return "emergency"
    if session.kind in (SessionKind.REST, SessionKind.RELAXATION, SessionKind.EARLY):
        return None
    if standing.hold:
        return "hold"
    if standing.is_early:
        return "early"
    return "later" if session.week > week else None
