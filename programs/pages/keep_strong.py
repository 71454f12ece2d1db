"""The plan after the last week: two strength days, a daily round, any session again, and a look back on the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from programs.facts.adapted_session import AdaptedSession, session_for
from programs.facts.standing import Standing
from programs.models import CheckIn, Enrollment, SessionLog
from programs.pages.session_figure import figure_of_session
from programs.plan import Plan, PlannedExercise, PlannedPhase, PlannedSession
from programs.rules.timeline import minutes_done
from programs.rules.vocabulary import CheckInKind, SessionKind

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class StrengthDay:
    """One session of the last week, to do again, with the exercise whose figure stands for it."""

    todo: AdaptedSession
    figure: PlannedExercise
    last_done: date | None


@dataclass(frozen=True)
class Grown:
    """Totals of the sessions done; pain (0 to 10) at the first and the last check-in before a session, None without one."""

    sessions: int
    minutes: int
    first_pain: int | None
    last_pain: int | None


@dataclass(frozen=True)
class MonthDone:
    """What was done in one calendar month."""

    first_day: date
    sessions: int
    practices: int
    minutes: int


@dataclass(frozen=True)
class Year:
    """The last twelve months: totals, each month with something done, and the milestones reached, oldest first."""

    began: date
    grown: Grown
    months: list[MonthDone]
    milestones: list[str]


def strength_days(plan: Plan, logs: Sequence[SessionLog], standing: Standing) -> list[StrengthDay]:
    """Return the sessions of the last week, as they are done today; `logs` are newest first."""
    days = []
    for session in plan.sessions_of_week(plan.total_weeks):
        todo = session_for(plan, session.key, standing)
        done = (timezone.localdate(log.finished_at) for log in logs if log.session_key == session.key)
        days.append(StrengthDay(todo, figure_of_session(todo), next(done, None)))
    return days


def all_sessions(plan: Plan) -> list[tuple[PlannedPhase, list[PlannedSession]]]:
    """Return each phase with its sessions."""
    return [
        (
            phase,
            [one for week in plan.weeks_of_phase(phase.number) for one in plan.sessions_of_week(week.number)],
        )
        for phase in plan.phases
    ]


def grown(logs: Sequence[SessionLog], check_ins: Sequence[CheckIn]) -> Grown:
    """Return what was done; `check_ins` are oldest first."""
    pains = [row.answers["pain"] for row in check_ins if row.kind == CheckInKind.BEFORE]
    return Grown(
        sessions=sum(log.counts_as_session for log in logs),
        minutes=minutes_done(sum(log.seconds_done for log in logs)),
        first_pain=pains[0] if pains else None,
        last_pain=pains[-1] if pains else None,
    )


def year_of(
    enrollment: Enrollment, plan: Plan, logs: Sequence[SessionLog], check_ins: Sequence[CheckIn], today: date
) -> Year:
    """Return the Year up to `today`; `logs` are newest first, `check_ins` oldest first."""
    began = today - YEAR
    recent = [log for log in logs if timezone.localdate(log.finished_at) > began]
    reported = [row for row in check_ins if timezone.localdate(row.made_at) > began]
    months = sorted({timezone.localdate(log.finished_at).replace(day=1) for log in recent})
    flags = enrollment.safety_flags
    return Year(
        began=max(began, timezone.localdate(enrollment.started_at)),
        grown=grown(recent, reported),
        months=[_month(first, recent) for first in months],
        milestones=[
            one.text_for(flags)
            for phase in plan.phases
            for one in phase.milestones
            if one.slug in enrollment.milestones
        ],
    )


def _month(first: date, logs: Sequence[SessionLog]) -> MonthDone:
    of_month = [log for log in logs if timezone.localdate(log.finished_at).replace(day=1) == first]
    sessions = sum(log.kind == SessionKind.SESSION for log in of_month)
    minutes = minutes_done(sum(log.seconds_done for log in of_month))
    return MonthDone(first, sessions, len(of_month) - sessions, minutes)
