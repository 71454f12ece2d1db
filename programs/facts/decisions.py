"""The decisions of an enrollment, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from programs.models import Decision, Enrollment
from programs.rules.past_decisions import PastDecision
from programs.rules.progression import SYMPTOM_OUTCOMES
from programs.rules.schedule import phase_of_week
from programs.rules.vocabulary import Advice, DecisionOutcome

MAX_DECISIONS = 200  # a bound, so that no page grows with time: over two years of decisions

_BEGINS_PHASE = {
    DecisionOutcome.ADVANCE_PHASE,
    DecisionOutcome.RESTART_PHASE,
    DecisionOutcome.STEP_BACK_PHASE,
}


def load_decisions(enrollment: Enrollment) -> tuple[Decision, ...]:
    """Load the newest decisions that were not withdrawn, oldest first (one query)."""
    rows = Decision.objects.filter(enrollment=enrollment, withdrawn_at=None)
    return tuple(reversed(rows[:MAX_DECISIONS]))


def past_decisions(rows: Iterable[Decision]) -> list[PastDecision]:
    """Convert decisions to the type of the rules."""
    return [_past_decision(row) for row in rows]


def phase_began(enrollment: Enrollment, decisions: Sequence[Decision]) -> datetime:
    """Return when the member began the phase of the present week, this time.

    A step back by a week into the previous phase continues that phase: it began when the member first came to it.
    """
    phase = phase_of_week(enrollment.week)
    for row in reversed(decisions):
        if row.outcome in _BEGINS_PHASE and phase_of_week(row.to_week) == phase:
            return row.made_at
    return enrollment.started_at


def ticked_since(enrollment: Enrollment, phase_began: datetime) -> frozenset[str]:
    """Return the slugs of the milestones ticked since the present phase began."""
    milestones = enrollment.milestones.items()
    return frozenset(slug for slug, at in milestones if datetime.fromisoformat(at) >= phase_began)


def _past_decision(row: Decision) -> PastDecision:
    last3 = row.facts.get("last3")
    return PastDecision(
        DecisionOutcome(row.outcome),
        tuple(map(Advice, row.advice)),
        row.from_week,
        symptom_days=None if last3 is None else sum(outcome in SYMPTOM_OUTCOMES for outcome in last3),
    )
