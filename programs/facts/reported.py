"""All that the rules must know to judge one check-in: the history before it, and her own baseline."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from programs.facts.cleared import cleared_of
from programs.facts.past import (
    FRESH,
    check_ins_of,
    decisions_of,
    flag_marks,
    past_check_in,
    phase_began,
    screenings_of,
)
from programs.models import Enrollment, SafetyHold, Screening, SessionLog
from programs.rules.contexts import after_context, before_context, next_morning_streak
from programs.rules.history import PastCheckIn, baseline_leak, days_since_last
from programs.rules.safety_flags import active_flags
from programs.rules.schedule import days_since, weeks_postpartum
from programs.rules.screening import leak_level
from programs.rules.vocabulary import CheckInKind, ClearedSymptom, SafetyFlag


@dataclass(frozen=True)
class Reported:
    """Her history as it stood at `at` (in the time zone in force)."""

    enrollment: Enrollment
    at: datetime
    history: list[PastCheckIn]
    screenings: list[Screening]
    phase_began: datetime
    last_session: datetime | None
    unlocked_at: datetime | None
    cleared: frozenset[ClearedSymptom]

    @property
    def baseline_leak(self):
        """Her leak level when the current phase began."""
        known = [one for one in self.screenings if one.completed_at <= self.phase_began] or self.screenings
        level = leak_level(known[-1].answers) if known else 0
        return baseline_leak(self.history, self.phase_began, level)

    def before_context(self, answers):
        """The context of a check-in before a session. Raises AnswerError."""
        return before_context(
            self.history,
            answers,
            at=self.at,
            baseline_leak=self.baseline_leak,
            days_since_last=days_since_last(self.last_session, self.at),
            weeks_postpartum=weeks_postpartum(self.enrollment.birth_date, self.at.date()),
            cleared_symptoms=sorted(self.cleared),
        )

    def after_context(self, answers, mode):
        """The context of a check-in after a session done in `mode`. Raises AnswerError."""
        return after_context(
            self.history,
            answers,
            at=self.at,
            pain_before=self._pain_before(),
            baseline_leak=self.baseline_leak,
            session_mode=mode,
            cleared_symptoms=sorted(self.cleared),
        )

    def next_morning_streak(self, answers):
        """How often in a row she was still worse a day later, these answers counted. Raises AnswerError."""
        return next_morning_streak(self.history, answers, self.at)

    def safety_flags(self, today):
        """The safety flags that marks and check-ins keep in force once `today` (a PastCheckIn, or None) is counted.

        Two queries. Without the flag that hangs on the date.
        """
        enrollment, history = self.enrollment, [*self.history, *([today] if today else [])]
        days = days_since(enrollment.birth_date, self.at.date())
        marks = flag_marks(enrollment, self.screenings)
        return active_flags(marks, history, enrollment.birth_type, days) - {SafetyFlag.CESAREAN_LT_8W}

    def _pain_before(self):
        """The pain of the check-in before this session; 0, the more careful figure, where there was none."""
        for past in reversed(self.history):
            if past.kind == CheckInKind.AFTER or self.at - past.at > FRESH:
                break
            if past.kind == CheckInKind.BEFORE:
                return past.answers["pain"]
        return 0


def reported_by(enrollment, at):
    """Her history before `at` (six queries, whatever its length)."""
    at = timezone.localtime(at)
    screenings = screenings_of(enrollment)
    sessions = SessionLog.objects.filter(enrollment=enrollment, finished_at__lte=at)
    last = sessions.counting().order_by("-finished_at").values_list("finished_at", flat=True).first()
    return Reported(
        enrollment=enrollment,
        at=at,
        history=[past_check_in(row) for row in check_ins_of(enrollment, before=at)],
        screenings=screenings,
        phase_began=phase_began(enrollment, decisions_of(enrollment)),
        last_session=last and timezone.localtime(last),
        unlocked_at=unlocked_at(enrollment),
        cleared=cleared_of(enrollment).symptoms,
    )


def unlocked_at(enrollment):
    """When her last hold ended, None if there was none (one query)."""
    ended = SafetyHold.objects.filter(enrollment=enrollment, ended_at__isnull=False)
    return ended.order_by("-ended_at").values_list("ended_at", flat=True).first()
