"""What a member has done so far, week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone
from django.utils.formats import date_format, time_format

from common.fragments import rendered_once
from programs.models import Enrollment, SessionLog
from programs.plan import Plan, PlannedWeek, UnknownSession
from programs.rules.timeline import minutes_done
from programs.rules.vocabulary import SessionKind

RECENT_LOGS = 10
MAX_LOGS = 1500  # years of sessions and daily practices; a bound, so that no page grows with time


@dataclass(frozen=True)
class WeekDone:
    """One week of the program that has begun, and what was done in it; a week may be repeated."""

    week: PlannedWeek
    sessions_done: int
    sessions_planned: int
    minutes: int
    is_current: bool


@dataclass(frozen=True)
class LogLine:
    """One completed session, with its title from the plan."""

    title: str
    log: SessionLog

    @property
    def ended(self) -> str:
        """When it ended, in words."""
        at = timezone.localtime(self.log.finished_at)
        return f"{_day_in_words(at.date())}, {_time_in_words(at.hour, at.minute)}"


@dataclass(frozen=True)
class History:
    """Totals, the weeks so far and those ahead, and the latest completed sessions."""

    minutes: int
    sessions: int
    days: int
    weeks: list[WeekDone]
    weeks_ahead: list[PlannedWeek]
    recent: list[LogLine]


def logs_of(enrollment: Enrollment) -> list[SessionLog]:
    """Return the latest logs of an enrollment, newest first, without their steps (one query)."""
    return SessionLog.objects.newest_of(enrollment, MAX_LOGS)


def history_of(enrollment: Enrollment, plan: Plan, logs: Sequence[SessionLog]) -> History:
    """Return the history of one enrollment from its `logs`, newest first."""
    return History(
        minutes=minutes_done(sum(log.seconds_done for log in logs)),
        sessions=len(logs),
        days=len({log.finished_at.date() for log in logs}),
        weeks=[_week(week, logs, enrollment, plan) for week in plan.weeks if week.number <= enrollment.week],
        weeks_ahead=[week for week in plan.weeks if week.number > enrollment.week],
        recent=log_lines(plan, logs[:RECENT_LOGS]),
    )


def log_lines(plan: Plan, logs: Iterable[SessionLog]) -> list[LogLine]:
    """Return the logs, each with its title from the plan."""
    return [LogLine(_title(plan, log), log) for log in logs]


def _week(week: PlannedWeek, logs: Sequence[SessionLog], enrollment: Enrollment, plan: Plan) -> WeekDone:
    of_week = [log for log in logs if log.week == week.number]
    done = {log.session_key for log in of_week if log.kind == SessionKind.SESSION and log.counts_as_done}
    return WeekDone(
        week=week,
        sessions_done=len(done),
        sessions_planned=len(plan.sessions_of_week(week.number)),
        minutes=minutes_done(sum(log.seconds_done for log in of_week)),
        is_current=week.number == enrollment.week,
    )


def _title(plan: Plan, log: SessionLog) -> str:
    try:
        return plan.session(log.session_key).title
    except UnknownSession:
        return log.session_key


@rendered_once
def _day_in_words(day: date) -> str:
    return date_format(day, "l, F j")


@rendered_once
def _time_in_words(hour: int, minute: int) -> str:
    return time_format(time(hour, minute), "g:i A")
