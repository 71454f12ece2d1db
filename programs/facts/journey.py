"""A member's journey: the rows of one enrollment, each table read at most once, as the rules see them.

What follows from them (standing, week, context of a check-in, way out of a hold) is computed from a Journey without
further queries. Days are those of the time zone in force, which on a member's page is the member's own.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from programs.models import CheckIn, Clearance, Decision, Enrollment, SafetyHold, SessionLog
from programs.rules.carry_over import Finished
from programs.rules.history import PastCheckIn, days_passed, days_since_last
from programs.rules.past_decisions import PastDecision
from programs.rules.progression import STEP_BACK_AFTER_DAYS, SYMPTOM_OUTCOMES
from programs.rules.safety_flags import FlagMark
from programs.rules.schedule import days_since, phase_of_week
from programs.rules.vocabulary import (
    Advice,
    CheckInKind,
    DecisionOutcome,
    EnrollmentState,
    Outcome,
    SafetyFlag,
    SessionKind,
)

RECENT_CHECK_INS = 30  # enough for a page; decrypting answers takes time
# Bounds, so that no page grows with time: over two years of check-ins, sessions and decisions.
MAX_CHECK_INS = 400
MAX_LOGS = 300
MAX_DECISIONS = 200

_BEGINS_PHASE = {
    DecisionOutcome.ADVANCE_PHASE,
    DecisionOutcome.RESTART_PHASE,
    DecisionOutcome.STEP_BACK_PHASE,
}


@dataclass(frozen=True)
class _Rows:
    """The rows of one enrollment, each table loaded on first access."""

    enrollment: Enrollment

    @cached_property
    def check_ins(self) -> list[CheckIn]:
        """The newest complete check-ins, oldest first."""
        return self._check_ins(MAX_CHECK_INS)

    @cached_property
    def recent_check_ins(self) -> list[CheckIn]:
        """The last few of them."""
        known = self.__dict__.get("check_ins")
        return self._check_ins(RECENT_CHECK_INS) if known is None else known[-RECENT_CHECK_INS:]

    @cached_property
    def holds(self) -> list[SafetyHold]:
        """The newest first: at most one in force, and the last one that ended."""
        return list(SafetyHold.objects.filter(participant=self.enrollment.participant_id)[:2])

    @cached_property
    def decisions(self) -> list[Decision]:
        """The newest decisions, oldest first."""
        return list(Decision.objects.filter(enrollment=self.enrollment)[:MAX_DECISIONS])[::-1]

    @cached_property
    def logs(self) -> list[SessionLog]:
        """The newest sessions as done, newest first, without their steps."""
        return list(SessionLog.objects.filter(enrollment=self.enrollment).lean()[:MAX_LOGS])

    @cached_property
    def clearances(self) -> list[Clearance]:
        """What a clinician checked and agreed to, as the member recorded it."""
        return list(Clearance.objects.filter(enrollment=self.enrollment))

    @cached_property
    def last_session_of_all(self) -> SessionLog | None:
        """The last session that counts, however long ago; queried only where `logs` do not reach back to it."""
        if len(self.logs) < MAX_LOGS:
            return None
        return SessionLog.objects.filter(enrollment=self.enrollment).counting().lean().first()

    def _check_ins(self, limit: int) -> list[CheckIn]:
        rows = CheckIn.objects.filter(enrollment=self.enrollment, is_complete=True).lean()
        return list(rows.order_by("-made_at", "-pk")[:limit])[::-1]


@dataclass(frozen=True)
class Journey:
    """One enrollment (with its participant and screening) and its rows, as they stand at `now`.

    It is immutable: `at`, `with_check_in` and `with_decision` return another one that shares the loaded rows.
    """

    enrollment: Enrollment
    now: datetime
    _rows: _Rows = field(repr=False)

    def at(self, moment: datetime) -> Journey:
        """Return the same rows, seen at another moment."""
        return replace(self, now=timezone.localtime(moment))

    def with_check_in(self, row: CheckIn) -> Journey:
        """Return the journey with one more complete check-in."""
        return self._with(check_ins=sorted([*self.check_ins, row], key=lambda one: (one.made_at, one.pk)))

    def as_it_was(self, moment: datetime, until: datetime) -> Journey:
        """Return the journey seen at an earlier moment, with the holds in force from then `until` a later one."""
        holds = [copy(hold) for hold in self._rows.holds if hold.began_at <= until]
        for hold in holds:
            hold.ended_at = None if hold.ended_at and hold.ended_at > moment else hold.ended_at
        return self._with(holds=holds).at(moment)

    def without_log(self, log: SessionLog) -> Journey:
        """Return the journey without one session log."""
        return self._with(logs=[one for one in self._rows.logs if one.pk != log.pk])

    def with_decision(self, row: Decision) -> Journey:
        """Return the journey with the decision just made."""
        return self._with(decisions=[*self.decisions, row])

    def _with(self, **changed: Any) -> Journey:
        rows = _Rows(self.enrollment)
        rows.__dict__.update(self._rows.__dict__)
        if "check_ins" in changed:
            rows.__dict__.pop("recent_check_ins", None)
        rows.__dict__.update(changed)
        return replace(self, _rows=rows)

    @property
    def today(self) -> date:
        """The date of now."""
        return self.now.date()

    @property
    def phase(self) -> int:
        """The phase of the week the member is in, 1 to 4."""
        return phase_of_week(self.enrollment.week)

    @property
    def days_since_birth(self) -> int:
        """Days since the birth, 0 on its day."""
        return days_since(self.enrollment.birth_date, self.today)

    @property
    def week_began(self) -> datetime:
        """When the member came to this week."""
        return timezone.localtime(self.enrollment.week_started_at)

    @property
    def days_in_week(self) -> int:
        """Whole days of 24 hours since then, so that no change of time zone makes a day."""
        return days_passed(self.week_began, self.now)

    @property
    def is_active(self) -> bool:
        """Whether the enrollment is neither paused nor over."""
        return self.enrollment.state == EnrollmentState.ACTIVE

    # --- Rows ------------------------------------------------------------------------------------------------
    @property
    def check_ins(self) -> list[CheckIn]:
        """Complete check-ins, oldest first (one query)."""
        return self._rows.check_ins

    @property
    def recent_check_ins(self) -> list[CheckIn]:
        """The last RECENT_CHECK_INS of them, oldest first (one query, none where all are loaded)."""
        return self._rows.recent_check_ins

    @property
    def decisions(self) -> list[Decision]:
        """Decisions, oldest first (one query)."""
        return self._rows.decisions

    @property
    def clearances(self) -> list[Clearance]:
        """Clearances (one query)."""
        return self._rows.clearances

    @cached_property
    def logs(self) -> list[SessionLog]:
        """Session logs finished by now, newest first, without their steps (one query)."""
        now = self.now
        return [log for log in self._rows.logs if log.finished_at <= now]

    @cached_property
    def sessions(self) -> list[SessionLog]:
        """Of `logs`, the sessions of a week that count as done."""
        return [log for log in self.logs if counts_as_session(log)]

    @property
    def logs_of_week(self) -> list[SessionLog]:
        """Of `logs`, what belongs to this week, since the member came to it this time."""
        week, began = self.enrollment.week, self.enrollment.week_started_at
        return [log for log in self._rows.logs if log.week == week and log.finished_at >= began]

    # --- Holds -----------------------------------------------------------------------------------------------
    @property
    def hold(self) -> SafetyHold | None:
        """The hold in force (one query)."""
        return next((hold for hold in self._rows.holds if hold.ended_at is None), None)

    @property
    def unlocked_at(self) -> datetime | None:
        """When the last hold ended; None if none did."""
        return max((hold.ended_at for hold in self._rows.holds if hold.ended_at), default=None)

    # --- Histories, as the rules read them ---------------------------------------------------------------------
    @cached_property
    def history(self) -> list[PastCheckIn]:
        """All check-ins, oldest first."""
        return [past_check_in(row) for row in self.check_ins]

    @cached_property
    def history_before(self) -> list[PastCheckIn]:
        """Check-ins made before now, oldest first."""
        now = self.now
        return [past_check_in(row) for row in self.check_ins if row.made_at < now]

    @cached_property
    def past_decisions(self) -> list[PastDecision]:
        """All decisions, oldest first."""
        return [past_decision(row) for row in self.decisions]

    @property
    def phase_began(self) -> datetime:
        """When the member began this phase, this time.

        A step back by a week into the previous phase continues that phase: it began when the member first came to it.
        """
        phase = self.phase
        for row in reversed(self.decisions):
            if row.outcome in _BEGINS_PHASE and phase_of_week(row.to_week) == phase:
                return row.made_at
        return self.enrollment.started_at

    @property
    def flag_marks(self) -> list[FlagMark]:
        """Marks that set or lifted a safety flag outright: screenings, self-checks, a clinician."""
        return [
            FlagMark(flag=SafetyFlag(mark["flag"]), at=datetime.fromisoformat(mark["at"]), on=mark["on"])
            for mark in self.enrollment.flag_marks
        ]

    # --- Breaks ------------------------------------------------------------------------------------------------
    @cached_property
    def last_session(self) -> SessionLog | None:
        """The last session of a week that counts as done, finished by now."""
        return self.sessions[0] if self.sessions else self._rows.last_session_of_all

    @property
    def last_finished(self) -> Finished | None:
        """Beginning and end of that session; None where there was none."""
        last = self.last_session
        if last is None:
            return None
        return Finished(timezone.localtime(last.started_at), timezone.localtime(last.finished_at))

    @property
    def days_since_last_session(self) -> int | None:
        """Whole days of 24 hours since that session; None where there was none."""
        last = self.last_session
        return days_since_last(last.finished_at if last else None, self.now)

    @property
    def is_back(self) -> bool:
        """Whether this is a return after a break so long that the rules place the member anew before a session."""
        days = self.days_since_last_session
        return days is not None and min(days, self.days_in_week) >= STEP_BACK_AFTER_DAYS


def journey_of(enrollment: Enrollment, now: datetime) -> Journey:
    """Return the journey of `enrollment` at `now` (no query yet)."""
    return Journey(enrollment, timezone.localtime(now), _Rows(enrollment))


def past_check_in(row: CheckIn) -> PastCheckIn:
    """Convert a check-in to the type of the rules."""
    return PastCheckIn(
        kind=CheckInKind(row.kind),
        at=timezone.localtime(row.made_at),
        answers=row.answers,
        outcome=Outcome(row.outcome),
        advice=tuple(Advice(code) for code in row.advice),
        session_mode=Outcome(row.mode),
        rules=tuple(row.rules_matched),
    )


def past_decision(row: Decision) -> PastDecision:
    """Convert a decision to the type of the rules."""
    last3 = row.facts.get("last3")
    return PastDecision(
        DecisionOutcome(row.outcome),
        tuple(Advice(code) for code in row.advice),
        row.from_week,
        symptom_days=None if last3 is None else sum(outcome in SYMPTOM_OUTCOMES for outcome in last3),
    )


def counts_as_session(log: SessionLog) -> bool:
    """Whether a log is a session of a week that counts as done."""
    return log.kind == SessionKind.SESSION and log.counts_as_done
