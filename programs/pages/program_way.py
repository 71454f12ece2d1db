"""The program as a way: phases, weeks and sessions in order, with a member's place on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from programs.facts.week import WeekFacts, week_facts
from programs.facts.weekly import opening_days
from programs.models import Enrollment
from programs.pages.history import logs_of
from programs.plan import Plan, PlannedExercise, PlannedPhase, PlannedSession, PlannedWeek
from programs.rules.schedule import LATER_GATES, VAGINAL_GATES
from programs.rules.vocabulary import EnrollmentState, Focus

DAYS_A_WEEK = 7
AT_REST = (Focus.BREATHING, Focus.PELVIC_FLOOR)  # hardly to be seen in a small figure


class Stage(StrEnum):
    """Where a week or session lies from a member's place; for visitors all are ahead."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class SessionOnWay:
    """One session of a week."""

    session: PlannedSession
    stage: Stage


@dataclass(frozen=True)
class WeekOnWay:
    """One week with its sessions; `is_open` is the one shown unfolded."""

    week: PlannedWeek
    stage: Stage
    is_open: bool
    volume_note: str
    sessions: tuple[SessionOnWay, ...]


@dataclass(frozen=True)
class PhaseOnWay:
    """One phase: the exercise whose figure stands for it, its weeks, and from which week since birth it may open.

    `opens_on` is that day for the member who looks; None for visitors, for a phase that is open, and for one that waits
    for a check.
    """

    phase: PlannedPhase
    figure: PlannedExercise | None
    weeks: tuple[WeekOnWay, ...]
    opens_after: int
    opens_later_after: int
    opens_on: date | None


@dataclass(frozen=True)
class Place:
    """Where a member is: the week with what is done in it, or at the end of the program.

    `opens_on` has the day from which a closed phase may open, where time alone opens it.
    """

    facts: WeekFacts
    is_complete: bool
    opens_on: Mapping[int, date]


def place_of(enrollment: Enrollment, plan: Plan) -> Place:
    """Return the place of an enrollment in its plan (one query, two where a phase waits for a check)."""
    today = timezone.localdate()
    facts = week_facts(enrollment, logs_of(enrollment), plan, today)
    is_complete = enrollment.state == EnrollmentState.COMPLETED
    return Place(facts, is_complete, {} if is_complete else opening_days(enrollment, today))


def way_of(plan: Plan, place: Place | None = None) -> list[PhaseOnWay]:
    """Return all phases in order, seen from a member's `place`; after the program everything is done."""
    return [
        PhaseOnWay(
            phase=phase,
            figure=_figure_of(phase, plan),
            weeks=tuple(_week(week, plan, place) for week in plan.weeks_of_phase(phase.number)),
            opens_after=VAGINAL_GATES[phase.number] // DAYS_A_WEEK,
            opens_later_after=LATER_GATES[phase.number] // DAYS_A_WEEK,
            opens_on=place.opens_on.get(phase.number) if place else None,
        )
        for phase in plan.phases
    ]


def _week(week: PlannedWeek, plan: Plan, place: Place | None) -> WeekOnWay:
    stage = _stage_of_week(week, place)
    return WeekOnWay(
        week=week,
        stage=stage,
        is_open=stage == Stage.NOW or (place is None and week == plan.weeks[0]),
        volume_note=plan.volume_note_of(week.number),
        sessions=tuple(
            SessionOnWay(one, _stage_of(one, place) if place and stage == Stage.NOW else stage)
            for one in plan.sessions_of_week(week.number)
        ),
    )


def _stage_of_week(week: PlannedWeek, place: Place | None) -> Stage:
    here = place.facts.week.number if place else 0
    if week.number < here or (place and place.is_complete):
        return Stage.DONE
    return Stage.NOW if week.number == here else Stage.AHEAD


def _stage_of(session: PlannedSession, place: Place) -> Stage:
    if any(one.done for one in place.facts.sessions if one.session.key == session.key):
        return Stage.DONE
    return Stage.NOW if session == place.facts.next_session else Stage.AHEAD


def _figure_of(phase: PlannedPhase, plan: Plan) -> PlannedExercise | None:
    """Return the first exercise of the phase that is new in it and moves."""
    weeks = plan.weeks_of_phase(phase.number)
    sessions = plan.sessions_of_week(weeks[0].number) if weeks else ()
    exercises = (plan.exercises[one.exercise] for session in sessions for one in session.prescriptions)
    new = (one for one in exercises if min(one.doses, default=0) == phase.number and one.focus not in AT_REST)
    return next(new, None)
