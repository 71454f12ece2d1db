"""The facts of the weekly decision, from a Journey."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from programs.facts.clearances import baseline_of, highest_phase_of, looked_at, recorded_of
from programs.facts.journey import Journey
from programs.facts.standing import plan_for
from programs.facts.week import WeekTiming
from programs.rules.check_in import RULES, symptoms_of
from programs.rules.check_in_rules import Baseline
from programs.rules.days import Practice, days_of, judged_days, symptoms_began, symptoms_cleared
from programs.rules.history import PastCheckIn, worse_still_in_last3
from programs.rules.past_decisions import (
    milestones_met,
    next_phase_allowed,
    sessions_done,
    step_backs_in_phase,
    symptom_holds_in_row,
)
from programs.rules.progression import ProgressFacts
from programs.rules.schedule import PHASES, Gate, Released, closed_gates, phase_of_week
from programs.rules.vocabulary import Outcome


@dataclass(frozen=True)
class Weekly:
    """A member's week as the rules see it at one moment.

    `progress` holds the facts of the decision. `ticked` are the slugs of the milestones of this phase that were ticked
    since it began. `symptoms` (codes) are why the last three days were gentle, `gates` all that keeps the
    next phase closed.
    """

    journey: Journey
    progress: ProgressFacts
    ticked: frozenset[str]
    symptoms: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def opens_on(self) -> date | None:
        """The day the next phase opens; None where it is open, or where recording a check opens it sooner."""
        if not self.gates or any(gate.released_by for gate in self.gates):
            return None
        days = max(gate.opens_on_day or 0 for gate in self.gates)
        return self.journey.enrollment.birth_date + timedelta(days=days)

    @property
    def reasons(self) -> dict[str, Any]:
        """The reasons stored with a decision for the member to read."""
        opens_on = self.opens_on
        return {"symptoms": list(self.symptoms), "opens_on": opens_on.isoformat() if opens_on else None}


def weekly_of(journey: Journey) -> Weekly:
    """Return the Weekly of a Journey (four queries, one more where symptoms or a closed phase need clearances)."""
    enrollment, timing = journey.enrollment, WeekTiming(journey)
    past, since = journey.past_decisions, journey.unlocked_at
    history = [check for check in journey.history if since is None or check.at > since]
    began = symptoms_began(history)
    baseline = baseline_of(journey) if began else Baseline()
    newest = judged_days(history, _practices(journey), baseline)[-3:]
    phase, ticked = journey.phase, _ticked(journey)
    recorded = recorded_of(journey)
    highest = highest_phase_of(journey, recorded)
    of_phase = [one.slug for one in plan_for(enrollment).phase(phase).milestones]
    progress = ProgressFacts(
        week=enrollment.week,
        sessions_done_this_week=timing.sessions_done,
        sessions_done_this_phase=_done_this_phase(journey),
        last3=tuple(day.outcome for day in newest),
        worse_still_in_last3=worse_still_in_last3(history),
        days_since_last=journey.days_since_last_session,
        step_backs_in_phase=step_backs_in_phase(past, phase),
        hold_weeks_in_row=symptom_holds_in_row(past),
        milestones_met=milestones_met(of_phase, ticked),
        next_phase_allowed=next_phase_allowed(enrollment.week, highest),
        reported_this_week=timing.sessions_reported,
        days_in_week=journey.days_in_week,
        tolerated_in_last3=sum(day.tolerated for day in newest),
        symptom_cleared=bool(began) and symptoms_cleared(history, looked_at(journey), baseline),
    )
    return Weekly(
        journey=journey,
        progress=progress,
        ticked=ticked,
        symptoms=_symptoms(history),
        gates=_gates_ahead(journey, recorded),
    )


def _done_this_phase(journey: Journey) -> int:
    """Count different sessions of this phase done since it began, without rest (the more careful reading)."""
    began, phase = journey.phase_began, journey.phase
    return sessions_done(
        log.session_key
        for log in journey.sessions
        if log.finished_at >= began and phase_of_week(log.week) == phase
    )


def _practices(journey: Journey) -> list[Practice]:
    """Return the sessions done, oldest first."""
    done = reversed(journey.sessions)
    return [Practice(timezone.localtime(log.finished_at), Outcome(log.outcome)) for log in done]


def _symptoms(history: Sequence[PastCheckIn]) -> tuple[str, ...]:
    """Return the symptoms for which the last three days were gentle."""
    newest = [check for day in days_of(history)[-3:] for check in day.check_ins]
    return symptoms_of(rule for check in newest for rule in check.rules if RULES[rule].is_symptom)


def _gates_ahead(journey: Journey, recorded: Collection[Released]) -> tuple[Gate, ...]:
    phase, flags = journey.phase, journey.enrollment.screening.flags
    if phase == PHASES[-1]:
        return ()
    return closed_gates(phase + 1, flags, journey.days_since_birth, recorded)


def _ticked(journey: Journey) -> frozenset[str]:
    milestones, began = journey.enrollment.milestones, journey.phase_began
    return frozenset(slug for slug, at in milestones.items() if datetime.fromisoformat(at) >= began)
