"""The facts of the weekly decision, from a Journey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from programs.facts.clearances import Cleared, cleared_by, load_cleared, phase_waits_for_a_check
from programs.facts.decisions import past_decisions, phase_began, ticked_since
from programs.facts.journey import WholeJourney
from programs.facts.local_time import local_moment
from programs.facts.standing import plan_for
from programs.facts.week import (
    SESSIONS_A_WEEK,
    different,
    sessions_of_phase,
    sessions_of_week,
    sessions_reported,
    week_timing,
)
from programs.models import Decision, Enrollment
from programs.rules.days import Practice, last_days, symptoms_began
from programs.rules.history import PastCheckIn, worse_still_in_last3
from programs.rules.past_decisions import (
    milestones_met,
    next_phase_allowed,
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
    next phase closed; it `opens_on` a day, None where it is open or where recording a check opens it sooner. `began` is
    when the week did.
    """

    progress: ProgressFacts
    ticked: frozenset[str]
    symptoms: tuple[str, ...]
    gates: tuple[Gate, ...]
    opens_on: date | None
    began: datetime


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
    enrollment, history, practices = journey.enrollment, _since_unlocked(journey), _practices(journey)
    phase, highest, gates = _gates(journey, cleared)
    milestones = [one.slug for one in plan_for(enrollment).phase(phase).milestones]
    began, past = phase_began(enrollment, decisions), past_decisions(decisions)
    ticked = ticked_since(enrollment, began)
    reported = sessions_reported(journey, sessions_of_week(journey))
    in_phase = sessions_of_phase(journey, began)
    timing = week_timing(journey)
    worse_still = worse_still_in_last3(history)
    step_backs, holds = step_backs_in_phase(past, phase), symptom_holds_in_row(past)
    is_met, is_allowed = milestones_met(milestones, ticked), next_phase_allowed(enrollment.week, highest)
    days = last_days(history, practices, cleared.baseline, cleared.looked_at)
    progress = ProgressFacts(
        week=enrollment.week,
        sessions_done_this_week=timing.sessions_done,
        sessions_done_this_phase=different(in_phase),
        last3=days.outcomes,
        worse_still_in_last3=worse_still,
        days_since_last=timing.days_away,
        step_backs_in_phase=step_backs,
        hold_weeks_in_row=holds,
        milestones_met=is_met,
        next_phase_allowed=is_allowed,
        reported_this_week=min(SESSIONS_A_WEEK, different(reported)),
        days_in_week=timing.days_in_week,
        tolerated_in_last3=days.tolerated,
        symptom_cleared=days.is_cleared,
    )
    opens_on = _opens_on(enrollment, gates)
    return Weekly(progress, ticked, days.symptoms, gates, opens_on, enrollment.week_started_at)


def _since_unlocked(journey: WholeJourney) -> list[PastCheckIn]:
    """Return the check-ins since the last hold ended."""
    since = journey.unlocked_at
    return [past for past in journey.history if since is None or past.at > since]


def _practices(journey: WholeJourney) -> list[Practice]:
    """Return the sessions done, oldest first."""
    done = reversed(journey.sessions)
    return [Practice(local_moment(log.finished_at), Outcome(log.outcome)) for log in done]


def _gates(journey: WholeJourney, cleared: Cleared) -> tuple[int, int, tuple[Gate, ...]]:
    """Return the present phase, the highest one open today, and all that keeps the next phase closed."""
    flags, recorded = journey.enrollment.screening.flags, cleared.recorded
    days = days_since(journey.enrollment.birth_date, journey.today)
    phase = phase_of_week(journey.enrollment.week)
    gates = closed_gates(phase + 1, flags, days, recorded) if phase + 1 in PHASES else ()
    return phase, highest_phase(flags, days, recorded), gates


def opening_days(enrollment: Enrollment, today: date) -> dict[int, date]:
    """Return from which day on each phase that is closed may open by time alone (one query where a check is recorded).

    Phases that wait for a recorded check have no such day, nor have those that are open.
    """
    recorded = load_cleared(enrollment).recorded if phase_waits_for_a_check(enrollment) else frozenset()
    flags, days = enrollment.screening.flags, days_since(enrollment.birth_date, today)
    gates = {phase: closed_gates(phase, flags, days, recorded) for phase in PHASES}
    found = {phase: _opens_on(enrollment, gates[phase]) for phase in PHASES}
    return {phase: day for phase, day in found.items() if day}


def _opens_on(enrollment: Enrollment, gates: Sequence[Gate]) -> date | None:
    if not gates or any(gate.released_by for gate in gates):
        return None
    return enrollment.birth_date + timedelta(days=max(gate.opens_on_day or 0 for gate in gates))
