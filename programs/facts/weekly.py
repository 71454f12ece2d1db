"""The facts of the weekly decision, from a Journey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from programs.facts.clearances import (
    Cleared,
    baseline_of,
    cleared_by,
    load_cleared,
    phase_waits_for_a_check,
)
from programs.facts.decisions import past_decisions, phase_began
from programs.facts.journey import WholeJourney
from programs.facts.standing import plan_for
from programs.facts.week import days_away, days_in_week, sessions_of_week, sessions_reported, week_timing
from programs.models import Decision, Enrollment
from programs.rules.check_in import RULES, symptoms_of
from programs.rules.check_in_rules import Baseline
from programs.rules.days import Practice, days_of, judged_days, symptoms_began, symptoms_cleared
from programs.rules.history import History, PastCheckIn, worse_still_in_last3
from programs.rules.past_decisions import (
    milestones_met,
    next_phase_allowed,
    sessions_done,
    step_backs_in_phase,
    symptom_holds_in_row,
)
from programs.rules.progression import ProgressFacts
from programs.rules.schedule import PHASES, Gate, closed_gates, days_since, highest_phase, phase_of_week
from programs.rules.vocabulary import Outcome


@dataclass(frozen=True)
class Weekly:
    """A member's week as the rules see it at one moment.

    `progress` holds the facts of the decision. `ticked` are the slugs of the milestones of this phase that were ticked
    since it began. `symptoms` (codes) are why the last three days were gentle, `gates` all that keeps the
    next phase closed; it `opens_on` a day, None where it is open or where recording a check opens it sooner.
    """

    progress: ProgressFacts
    ticked: frozenset[str]
    symptoms: tuple[str, ...]
    gates: tuple[Gate, ...]
    opens_on: date | None

    @property
    def reasons(self) -> dict[str, Any]:
        """The reasons stored with a decision for the member to read."""
        opens_on = self.opens_on.isoformat() if self.opens_on else None
        return {"symptoms": list(self.symptoms), "opens_on": opens_on}


def cleared_for_week(journey: WholeJourney) -> Cleared:
    """Load what is cleared, as far as the weekly decision asks for it.

    One query, none where no symptom was reported and no phase waits for a check.
    """
    enrollment = journey.enrollment
    if symptoms_began(_since_unlocked(journey)) or phase_waits_for_a_check(enrollment):
        return load_cleared(enrollment)
    return cleared_by(enrollment, [])


def weekly_of(journey: WholeJourney, decisions: Sequence[Decision], cleared: Cleared) -> Weekly:
    """Return the Weekly of a Journey, after these `decisions` (oldest first)."""
    enrollment = journey.enrollment
    phase, flags = phase_of_week(enrollment.week), enrollment.screening.flags
    days = days_since(enrollment.birth_date, journey.today)
    gates = () if phase == PHASES[-1] else closed_gates(phase + 1, flags, days, cleared.recorded)
    of_week, began = sessions_of_week(journey), phase_began(enrollment, decisions)
    ticked, past = ticked_in_phase(enrollment, decisions), past_decisions(decisions)
    history = _since_unlocked(journey)
    has_symptoms = symptoms_began(history) is not None
    baseline = baseline_of(enrollment, cleared) if has_symptoms else Baseline()
    newest = judged_days(history, _practices(journey), baseline)[-3:]
    progress = ProgressFacts(
        week=enrollment.week,
        sessions_done_this_week=week_timing(journey).sessions_done,
        sessions_done_this_phase=_done_in_phase(journey, phase, began),
        last3=tuple(day.outcome for day in newest),
        worse_still_in_last3=worse_still_in_last3(history),
        days_since_last=days_away(journey),
        step_backs_in_phase=step_backs_in_phase(past, phase),
        hold_weeks_in_row=symptom_holds_in_row(past),
        milestones_met=milestones_met(_milestones(enrollment, phase), ticked),
        next_phase_allowed=next_phase_allowed(enrollment.week, highest_phase(flags, days, cleared.recorded)),
        reported_this_week=sessions_reported(journey, of_week),
        days_in_week=days_in_week(journey),
        tolerated_in_last3=sum(day.tolerated for day in newest),
        symptom_cleared=has_symptoms and symptoms_cleared(history, cleared.looked_at, baseline),
    )
    return Weekly(
        progress=progress,
        ticked=ticked,
        symptoms=_symptoms(history),
        gates=gates,
        opens_on=_opens_on(enrollment, gates),
    )


def ticked_in_phase(enrollment: Enrollment, decisions: Sequence[Decision]) -> frozenset[str]:
    """Return the slugs of the milestones ticked since the present phase began."""
    began = phase_began(enrollment, decisions)
    milestones = enrollment.milestones.items()
    return frozenset(slug for slug, at in milestones if datetime.fromisoformat(at) >= began)


def _since_unlocked(journey: WholeJourney) -> list[PastCheckIn]:
    """Return the check-ins since the last hold ended."""
    since = journey.unlocked_at
    return [past for past in journey.history if since is None or past.at > since]


def _milestones(enrollment: Enrollment, phase: int) -> list[str]:
    return [one.slug for one in plan_for(enrollment).phase(phase).milestones]


def _done_in_phase(journey: WholeJourney, phase: int, began: datetime) -> int:
    """Count different sessions of this phase done since it began, without rest (the more careful reading)."""
    return sessions_done(
        log.session_key
        for log in journey.sessions
        if log.finished_at >= began and phase_of_week(log.week) == phase
    )


def _practices(journey: WholeJourney) -> list[Practice]:
    """Return the sessions done, oldest first."""
    done = reversed(journey.sessions)
    return [Practice(timezone.localtime(log.finished_at), Outcome(log.outcome)) for log in done]


def _symptoms(history: History) -> tuple[str, ...]:
    """Return the symptoms for which the last three days were gentle."""
    newest = [check for day in days_of(history)[-3:] for check in day.check_ins]
    return symptoms_of(rule for check in newest for rule in check.rules if RULES[rule].is_symptom)


def _opens_on(enrollment: Enrollment, gates: Sequence[Gate]) -> date | None:
    if not gates or any(gate.released_by for gate in gates):
        return None
    return enrollment.birth_date + timedelta(days=max(gate.opens_on_day or 0 for gate in gates))
