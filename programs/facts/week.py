"""Her week: what is done, what comes next. From one query of logs and the plan she lives."""

from dataclasses import dataclass

from django.utils import timezone

from programs.models import SessionLog
from programs.plan import PlannedSession, PlannedWeek
from programs.rules.vocabulary import SessionKind

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class SessionOfWeek:
    """One of the week's sessions and whether it is done."""

    session: PlannedSession
    done: bool
    begun: bool


@dataclass(frozen=True)
class WeekFacts:
    """Where she stands in her week. `next_session` is None when all three are done."""

    week: PlannedWeek
    sessions: list[SessionOfWeek]
    minutes: int
    rounds_today: int
    last_log: SessionLog | None

    @property
    def next_session(self):
        """The first session that is not done yet."""
        return next((one.session for one in self.sessions if not one.done), None)

    def is_offered(self, enrollment, last_session, now):
        """Whether to offer the decision: all sessions done or seven days over, and not on the day of the last one."""
        today = timezone.localdate(now)
        if last_session and timezone.localdate(last_session.finished_at) == today:
            return False
        days = (today - timezone.localdate(enrollment.week_started_at)).days
        return self.next_session is None or days >= DAYS_A_WEEK

    @property
    def sessions_done(self):
        """How many of the week's sessions are done."""
        return sum(one.done for one in self.sessions)


def week_facts(enrollment, plan, now):
    """The facts of the week she is in at `now` (one query)."""
    logs = list(SessionLog.objects.of_week(enrollment))
    done = {log.session_key for log in logs if log.kind == SessionKind.SESSION and log.counts}
    begun = {log.session_key for log in logs}
    today = timezone.localdate(now)
    return WeekFacts(
        week=plan.week(enrollment.week),
        sessions=[
            SessionOfWeek(session, session.key in done, session.key in begun)
            for session in plan.sessions_of_week(enrollment.week)
        ],
        minutes=round(sum(log.seconds_done for log in logs) / 60),
        rounds_today=sum(
            log.kind in (SessionKind.DAILY, SessionKind.RELAXATION)
            and timezone.localdate(log.finished_at) == today
            for log in logs
        ),
        last_log=logs[0] if logs else None,
    )
