"""The current week of a member: what is done and what comes next, by the session logs and the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from programs.facts.journey import Journey, counts_as_session
from programs.models import CheckIn, SessionLog
from programs.plan import Plan, PlannedSession, PlannedWeek
from programs.rules.past_decisions import sessions_done
from programs.rules.progression import SESSIONS_A_WEEK_LEAST
from programs.rules.schedule import rest_day_over
from programs.rules.vocabulary import CheckInKind, SessionKind

SESSIONS_A_WEEK = 3
DAYS_A_WEEK = 7
A_NIGHT = timedelta(hours=8)  # minimum time between a session and the morning after it
HOUR = timedelta(hours=1)
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
    """What is done in the week and what comes next. `next_session` is None when all three are done."""

    week: PlannedWeek
    sessions: list[SessionOfWeek]
    rounds_today: int

    @property
    def next_session(self) -> PlannedSession | None:
        """The first session that is not done yet."""
        return next((one.session for one in self.sessions if not one.done), None)


@dataclass(frozen=True)
class WeekTiming:
    """Whether it is time to look at the week: the one answer for pages, reminders and the decision itself."""

    journey: Journey

    @cached_property
    def sessions_done(self) -> int:
        """Sessions of the week done since it began, a repeated one once; a day of rest and breathing is not one."""
        return min(SESSIONS_A_WEEK, sessions_done(log.session_key for log in self._logs))

    @cached_property
    def sessions_reported(self) -> int:
        """How many of them have a report of the member's response: after the session, or about the day after."""
        reported = {log.session_key for log in self._logs if _is_reported(log, self.journey)}
        return min(SESSIONS_A_WEEK, len(reported))

    @property
    def _logs(self) -> list[SessionLog]:
        week, began = self.journey.enrollment.week, self.journey.week_began
        return [log for log in self.journey.sessions if log.week == week and log.finished_at >= began]

    @property
    def is_over(self) -> bool:
        """Whether seven days have passed since the week began."""
        return self.journey.days_in_week >= DAYS_A_WEEK

    @property
    def waits_for_tomorrow(self) -> bool:
        """Whether the last session was less than a night ago: how the next morning feels belongs to the week.

        By hours, so that no change of time zone makes a morning.
        """
        last = self.journey.last_session
        return last is not None and self.journey.now - last.finished_at < A_NIGHT

    @property
    def may_be_decided(self) -> bool:
        """Whether the week may be looked at now. The evidence base says "at the end of each program week"."""
        journey = self.journey
        if journey.hold:
            return False
        enough = self.sessions_done >= SESSIONS_A_WEEK_LEAST
        return journey.is_back or ((enough or self.is_over) and not self.waits_for_tomorrow)

    @property
    def is_offered(self) -> bool:
        """Whether to offer it without being asked."""
        is_done = self.sessions_done >= SESSIONS_A_WEEK
        return self.may_be_decided and (is_done or self.is_over or self.journey.is_back)


def week_facts(journey: Journey, plan: Plan) -> WeekFacts:
    """Return the WeekFacts of a Journey (one query)."""
    logs, week = journey.logs_of_week, journey.enrollment.week
    done = {log.session_key for log in logs if counts_as_session(log)}
    begun = {log.session_key for log in logs}
    return WeekFacts(
        week=plan.week(week),
        sessions=[
            SessionOfWeek(session, session.key in done, session.key in begun)
            for session in plan.sessions_of_week(week)
        ],
        rounds_today=rounds_on(journey.today, logs),
    )


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
    is_session = counts_as_session(log) and log.week >= SESSION_IS_ROUND_FROM_WEEK
    return log.kind in PRACTICES or is_session


def _is_reported(log: SessionLog, journey: Journey) -> bool:
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
