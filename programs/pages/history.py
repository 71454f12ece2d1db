"""What she has done so far, week by week."""

from dataclasses import dataclass

from programs.models import SessionLog
from programs.plan import PlannedWeek, UnknownSession
from programs.rules.vocabulary import SessionKind

RECENT = 10
MOST_LOGS = 1500  # years of sessions and daily practices; a bound, so that no page grows with time


@dataclass(frozen=True)
class WeekDone:
    """One week of the program and what she did in it; a week may be lived more than once."""

    week: PlannedWeek
    sessions_done: int
    sessions_planned: int
    minutes: int
    is_current: bool
    is_ahead: bool


@dataclass(frozen=True)
class LogLine:
    """One thing she did, with the words of the plan."""

    title: str
    log: SessionLog


@dataclass(frozen=True)
class History:
    """All of it: totals, weeks and the latest things done."""

    minutes: int
    sessions: int
    days: int
    weeks: list[WeekDone]
    recent: list[LogLine]


def logs_of(enrollment):
    """Her newest logs, newest first, without their steps (one query)."""
    return list(SessionLog.objects.filter(enrollment=enrollment).lean()[:MOST_LOGS])


def history_of(enrollment, plan, logs):
    """The history of one enrollment, from its `logs`."""
    return History(
        minutes=round(sum(log.seconds_done for log in logs) / 60),
        sessions=len(logs),
        days=len({log.finished_at.date() for log in logs}),
        weeks=[_week(week, logs, enrollment, plan) for week in plan.weeks],
        recent=[LogLine(_title(plan, log), log) for log in logs[:RECENT]],
    )


def _week(week, logs, enrollment, plan):
    mine = [log for log in logs if log.week == week.number]
    done = {log.session_key for log in mine if log.kind == SessionKind.SESSION and log.counts_as_done}
    return WeekDone(
        week=week,
        sessions_done=len(done),
        sessions_planned=len(plan.sessions_of_week(week.number)),
        minutes=round(sum(log.seconds_done for log in mine) / 60),
        is_current=week.number == enrollment.week,
        is_ahead=week.number > enrollment.week,
    )


def _title(plan, log):
    try:
        return plan.session(log.session_key).title
    except UnknownSession:
        return log.session_key
