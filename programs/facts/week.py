"""The current week of a member: what is done and what comes next, by the session logs and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from programs.facts.journey import Journey, WholeJourney
from programs.models import CheckIn, Enrollment, SessionLog
from programs.plan import Plan, PlannedSession, PlannedWeek
from programs.rules.history import days_passed, days_since_last
from programs.rules.progression import DAYS_A_WEEK_LEAST, SESSIONS_A_WEEK_LEAST, STEP_BACK_AFTER_DAYS
from programs.rules.schedule import phase_of_week, rest_day_over
from programs.rules.vocabulary import CheckInKind, SessionKind

SESSIONS_A_WEEK = 3
DAYS_A_WEEK = 7
A_NIGHT = timedelta(hours=8)  # minimum time between a session and the morning after it
HOUR = timedelta(hours=1)
NEVER = datetime.min.replace(tzinfo=UTC)
PRACTICES = (SessionKind.DAILY, SessionKind.RELAXATION)
# Evidence base, section E: the session's pelvic floor part counts as one round.
SESSION_IS_ROUND_FROM_WEEK = 4


@dataclass(frozen=True)
class SessionOfWeek:
    """One of the week's sessions and whether it is done."""

    session: PlannedSession
    done: bool
    begun: bool


@dataclass(frozen=True)
class WeekFacts:
    """What is done in the week and what comes next: of the sessions not done, the one whose turn it is; None when all
    three are done.

    The first of the week in its first round. In a week that goes on once more, the one not done for longest: a phase
    counts a repeated session once (PR-9), so that two sessions a week must not always be the same two.
    """

    week: PlannedWeek
    sessions: list[SessionOfWeek]
    rounds_today: int
    next_session: PlannedSession | None


@dataclass(frozen=True)
class WeekTiming:
    """Whether it is time to look at the week: the one answer for pages, reminders and the decision itself.

    `sessions_done` counts the sessions of the week, a repeated one once. `days_in_week` are those since it began,
    `days_away` those since the last session that counts (None without one), both whole days of 24 hours, so that no
    change of time zone makes a day. `is_over`: seven days have passed. `waits_for_tomorrow`: the last session was less
    than a night ago, and how the next morning feels belongs to the week. `is_back`: a return after a break so long
    that the rules place the member anew before a session. The week may then be decided on, or is offered unasked.
    """

    sessions_done: int
    days_in_week: int
    days_away: int | None
    is_over: bool
    waits_for_tomorrow: bool
    is_back: bool
    may_be_decided: bool
    is_offered: bool


def week_timing(journey: Journey) -> WeekTiming:
    """Return the WeekTiming of a Journey. The evidence base says "at the end of each program week"."""
    done, last = different(sessions_of_week(journey)), journey.last_session
    in_week = days_passed(journey.enrollment.week_started_at, journey.now)
    away = days_since_last(last.finished_at if last else None, journey.now)
    is_over, is_back = in_week >= DAYS_A_WEEK, away is not None and min(away, in_week) >= STEP_BACK_AFTER_DAYS
    waits = last is not None and journey.now - last.finished_at < A_NIGHT
    is_done = done >= SESSIONS_A_WEEK and in_week >= DAYS_A_WEEK_LEAST
    is_due = (done >= SESSIONS_A_WEEK_LEAST or is_over) and not waits
    may_be_decided = journey.hold is None and (is_back or is_due)
    return WeekTiming(
        sessions_done=min(SESSIONS_A_WEEK, done),
        days_in_week=in_week,
        days_away=away,
        is_over=is_over,
        waits_for_tomorrow=waits,
        is_back=is_back,
        may_be_decided=may_be_decided,
        is_offered=may_be_decided and (is_done or is_over or is_back),
    )


def sessions_of_week(journey: Journey) -> list[SessionLog]:
    """Return the sessions done in this week since it began; a day of rest and breathing is not one."""
    week, began = journey.enrollment.week, journey.enrollment.week_started_at
    return [log for log in journey.sessions if log.week == week and log.finished_at >= began]


def sessions_of_phase(journey: Journey, began: datetime) -> list[SessionLog]:
    """Return the sessions done in this phase since it `began`, without rest (the more careful reading)."""
    phase = phase_of_week(journey.enrollment.week)
    since = [log for log in journey.sessions if log.finished_at >= began]
    return [log for log in since if phase_of_week(log.week) == phase]


def sessions_reported(journey: WholeJourney, sessions: Sequence[SessionLog]) -> list[SessionLog]:
    """Return those of `sessions` with a report of the response to it: after it, or about the day after."""
    return [log for log in sessions if _is_reported(log, journey)]


def different(sessions: Iterable[SessionLog]) -> int:
    """Count sessions, a repeated one once."""
    return len({log.session_key for log in sessions})


def week_facts(enrollment: Enrollment, logs: Sequence[SessionLog], plan: Plan, today: date) -> WeekFacts:
    """Return the WeekFacts of an enrollment by its `logs`, newest first."""
    week, began = enrollment.week, enrollment.week_started_at
    of_week = [log for log in logs if log.week == week and log.finished_at >= began]
    done = {log.session_key for log in of_week if log.counts_as_session}
    begun, rounds = {log.session_key for log in of_week}, rounds_on(today, of_week)
    planned = plan.sessions_of_week(week)
    sessions = [SessionOfWeek(one, one.key in done, one.key in begun) for one in planned]
    last_done = {log.session_key: log.finished_at for log in reversed(logs) if log.counts_as_session}
    coming = [one for one in planned if one.key not in done]
    following = min(coming, key=lambda one: last_done.get(one.key, NEVER), default=None)
    return WeekFacts(plan.week(week), sessions, rounds, following)


def rounds_on(day: date, logs: Iterable[SessionLog]) -> int:
    """Count the rounds of the daily practice done on `day`; from week 4 on a session counts as one."""
    return sum(_is_round(log) and timezone.localdate(log.finished_at) == day for log in logs)


def rest_until(journey: Journey, hours: int) -> datetime | None:
    """Return when the next session is suggested, `hours` after the last one; None where it already is."""
    last = journey.last_session
    if last is None or rest_day_over((journey.now - last.finished_at) / HOUR, hours):
        return None
    return last.finished_at + hours * HOUR


def _is_round(log: SessionLog) -> bool:
    is_session = log.counts_as_session and log.week >= SESSION_IS_ROUND_FROM_WEEK
    return log.kind in PRACTICES or is_session


def _is_reported(log: SessionLog, journey: WholeJourney) -> bool:
    """Whether there is a check-in after this session, or an answer about the day after it.

    An answer about the day after is about the last session before it.
    """
    later = [one.started_at for one in journey.sessions if one.started_at > log.started_at]
    until = min(later, default=journey.now)
    for row in journey.check_ins:
        if row.kind == CheckInKind.AFTER and (row.log_id == log.pk or _follows(row, log, until)):
            return True
        answered = row.answers.get("lastResponse", "first") != "first"
        if answered and log.finished_at + A_NIGHT <= row.made_at <= until:
            return True
    return False


def _follows(row: CheckIn, log: SessionLog, until: datetime) -> bool:
    """Whether an after-check without a log of its own was made after this session and before the next one."""
    mine = row.log_id is None and row.session_key in ("", log.session_key)
    return mine and log.started_at <= row.made_at <= until
