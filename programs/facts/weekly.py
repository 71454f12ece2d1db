"""What the weekly decision looks at, from a Journey; and whether it is time for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.dateparse import parse_datetime

from programs.facts.clearances import highest_phase_of, recorded_of
from programs.facts.journey import Journey, counts_as_session
from programs.facts.standing import plan_for
from programs.facts.week import WeekTiming
from programs.rules.check_in import symptoms_of
from programs.rules.history import last3, worse_still_in_last3
from programs.rules.past_decisions import (
    milestones_met,
    next_phase_allowed,
    sessions_done,
    step_backs_in_phase,
    symptom_holds_in_row,
)
from programs.rules.progression import ProgressFacts
from programs.rules.schedule import PHASES, Gate, closed_gates, phase_of_week
from programs.rules.vocabulary import CheckInKind


@dataclass(frozen=True)
class Weekly:
    """A member's week as the rules see it at one moment.

    `progress` is what they decide from. `ticked` are the slugs of the milestones of this phase that were ticked
    since it began. `symptoms` (codes) are what kept the last three sessions gentle, `gates` all that keeps the next
    phase closed.
    """

    journey: Journey
    progress: ProgressFacts
    ticked: frozenset[str]
    highest_phase: int
    symptoms: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def opens_on(self):
        """The day the next phase opens; None where it is open, or where recording a check opens it sooner."""
        if not self.gates or any(gate.released_by for gate in self.gates):
            return None
        days = max(gate.opens_on_day for gate in self.gates)
        return self.journey.enrollment.birth_date + timedelta(days=days)

    @property
    def reasons(self):
        """What a decision keeps for the member to read."""
        opens_on = self.opens_on
        return {"symptoms": list(self.symptoms), "opens_on": opens_on and opens_on.isoformat()}


def weekly_of(journey):
    """Return the Weekly of a Journey (four queries, and one more where a phase waits for a check)."""
    history, past, since = journey.history, journey.past_decisions, journey.unlocked_at
    phase, ticked = journey.phase, _ticked(journey)
    recorded = recorded_of(journey)
    highest = highest_phase_of(journey, recorded)
    of_phase = [one.slug for one in plan_for(journey.enrollment).phase(phase).milestones]
    progress = ProgressFacts(
        week=journey.enrollment.week,
        sessions_done_this_week=WeekTiming(journey).sessions_done,
        sessions_done_this_phase=_done_this_phase(journey),
        last3=last3(history, since),
        worse_still_in_last3=worse_still_in_last3(history, since),
        days_since_last=journey.days_since_last_session,
        step_backs_in_phase=step_backs_in_phase(past, phase),
        hold_weeks_in_row=symptom_holds_in_row(past),
        milestones_met=milestones_met(of_phase, ticked),
        next_phase_allowed=next_phase_allowed(journey.enrollment.week, highest),
    )
    return Weekly(
        journey=journey,
        progress=progress,
        ticked=ticked,
        highest_phase=highest,
        symptoms=_symptoms(journey.check_ins, since),
        gates=_gates_ahead(journey, recorded),
    )


def _done_this_phase(journey):
    """Different sessions of this phase done since it began; rest does not count here, the more careful reading."""
    began, phase = journey.phase_began, journey.phase
    return sessions_done(
        log.session_key
        for log in journey.logs
        if counts_as_session(log) and log.finished_at >= began and phase_of_week(log.week) == phase
    )


def _symptoms(check_ins, since):
    """What the last three sessions were gentle for."""
    after = [
        row for row in check_ins if row.kind == CheckInKind.AFTER and (since is None or row.made_at > since)
    ]
    return symptoms_of(rule for row in after[-3:] for rule in row.rules_matched)


def _gates_ahead(journey, recorded):
    if journey.phase == PHASES[-1]:
        return ()
    flags = journey.enrollment.screening.flags
    return closed_gates(journey.phase + 1, flags, journey.days_since_birth, recorded)


def _ticked(journey):
    milestones, began = journey.enrollment.milestones, journey.phase_began
    return frozenset(slug for slug, at in milestones.items() if parse_datetime(at) >= began)
