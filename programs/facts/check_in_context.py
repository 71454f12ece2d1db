"""All that the rules must know to judge one check-in: the history before it, and her own baseline."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from programs.facts.clearances import cleared_of
from programs.facts.past import (
    FRESH,
    check_ins_of,
    flag_marks,
    holds_of,
    in_force,
    past_check_in,
    unlocked_at,
)
from programs.models import Enrollment, SafetyHold, SessionLog
from programs.rules.contexts import after_context, before_context, next_morning_streak
from programs.rules.history import PastCheckIn, days_since_last
from programs.rules.safety_flags import active_flags
from programs.rules.schedule import days_since, weeks_postpartum
from programs.rules.vocabulary import CheckInKind, SafetyFlag


@dataclass(frozen=True)
class Reported:
    """Her history as it stood at `at` (in the time zone in force), and her newest holds."""

    enrollment: Enrollment
    at: datetime
    history: list[PastCheckIn]
    holds: list[SafetyHold]

    @property
    def hold(self):
        """The hold in force, None without one."""
        return in_force(self.holds)

    @property
    def unlocked_at(self):
        """When the last hold ended, None if none did."""
        return unlocked_at(self.holds)

    def before_context(self, answers):
        """The context of a check-in before a session (two queries). Raises AnswerError."""
        return before_context(
            self.history,
            answers,
            at=self.at,
            baseline_leak=self.enrollment.baseline_leak,
            days_since_last=days_since_last(self._last_session(), self.at),
            weeks_postpartum=weeks_postpartum(self.enrollment.birth_date, self.at.date()),
            cleared_symptoms=self._cleared(),
        )

    def after_context(self, answers, mode):
        """The context of a check-in after a session done in `mode` (one query). Raises AnswerError."""
        return after_context(
            self.history,
            answers,
            at=self.at,
            pain_before=self._pain_before(),
            baseline_leak=self.enrollment.baseline_leak,
            session_mode=mode,
            cleared_symptoms=self._cleared(),
        )

    def next_morning_streak(self, answers):
        """How often in a row she was still worse a day later, these answers counted. Raises AnswerError."""
        return next_morning_streak(self.history, answers, self.at)

    def safety_flags(self, today=None):
        """The safety flags that marks and check-ins keep in force once `today` (a PastCheckIn) is counted.

        Without the flag that hangs on the date.
        """
        enrollment, history = self.enrollment, [*self.history, *([today] if today else [])]
        days = days_since(enrollment.birth_date, self.at.date())
        flags = active_flags(flag_marks(enrollment), history, enrollment.birth_type, days)
        return sorted(flags - {SafetyFlag.CESAREAN_LT_8W})

    def _cleared(self):
        return sorted(cleared_of(self.enrollment).symptoms)

    def _last_session(self):
        sessions = SessionLog.objects.filter(enrollment=self.enrollment, finished_at__lte=self.at).counting()
        last = sessions.order_by("-finished_at").values_list("finished_at", flat=True).first()
        return last and timezone.localtime(last)

    def _pain_before(self):
        """The pain of the check-in before this session; 0, the more careful figure, where there was none."""
        for past in reversed(self.history):
            if past.kind == CheckInKind.AFTER or self.at - past.at > FRESH:
                break
            if past.kind == CheckInKind.BEFORE:
                return past.answers["pain"]
        return 0


def reported_by(enrollment, at):
    """Her history before `at` (two queries, whatever its length)."""
    at = timezone.localtime(at)
    return Reported(
        enrollment=enrollment,
        at=at,
        history=[past_check_in(row) for row in check_ins_of(enrollment, before=at)],
        holds=holds_of(enrollment),
    )
