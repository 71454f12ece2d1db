"""The standing of a member at one moment: every page and every check of access to a session begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from programs.facts.journey import RECENT_CHECK_INS, Journey
from programs.facts.releases import plan_of
from programs.facts.week import week_timing
from programs.models import CheckIn, Enrollment, SafetyHold, SessionLog
from programs.plan import Plan, PlannedSession
from programs.rules.carry_over import (
    CHECK_GOOD_FOR,
    Door,
    InForce,
    carry_over,
    door,
    in_force,
    unfinished_rests,
)
from programs.rules.check_in import symptoms_of
from programs.rules.history import History
from programs.rules.safety_flags import cesarean_starts_easier
from programs.rules.schedule import days_since, is_cesarean_under_8_weeks, phase_of_week
from programs.rules.unlocking import breathing_open
from programs.rules.vocabulary import Advice, CheckInKind, EnrollmentState, Outcome, SafetyFlag, SessionKind

FIRST_SESSION_DAY = 14  # evidence base, section C: early recovery mode for the first 2 weeks
CLOSED = Door(is_open=False)
UNDER_WAY = timedelta(hours=1)  # how long a session may be interrupted, by a baby for example
RESTFUL = (SessionKind.REST, SessionKind.RELAXATION, SessionKind.EARLY)


@dataclass(frozen=True)
class RestPeriod:
    """A rest in force: until when, and because of what (symptoms by code)."""

    until: datetime
    because: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The standing of a member at one moment.

    `outcome` is how a session is done today: today's check-in combined with what earlier ones leave in force.
    `check_in` is the check-in for today's session, None before it was made. `core_easier`, `is_gentle` (the gentle
    track is in force), `may_use_harder` and the `screening_flags` change what a session offers; `screening_due`
    names the screening to answer first; `rest` is the one in force, if any. The last two say whether the check after
    the last session, or the one of the morning after it, is still open.
    """

    days_since_birth: int
    phase: int
    flags: frozenset[SafetyFlag]
    hold: SafetyHold | None
    outcome: Outcome
    check_in: CheckIn | None = None
    last_session: SessionLog | None = None
    core_easier: bool = False
    may_use_harder: bool = False
    is_gentle: bool = False
    screening_flags: tuple[str, ...] = ()
    is_paused: bool = False
    is_back: bool = False
    screening_due: str = ""
    door: Door = CLOSED
    rest: RestPeriod | None = None
    asks_how_it_was: bool = False
    asks_how_the_morning_was: bool = False

    @property
    def is_early(self) -> bool:
        """Whether this is one of the first two weeks: early recovery instead of sessions."""
        return self.days_since_birth < FIRST_SESSION_DAY

    @property
    def is_emergency(self) -> bool:
        """Whether an emergency is in force."""
        return self.hold is not None and self.hold.outcome == Outcome.EMERGENCY

    @property
    def rests_today(self) -> bool:
        """Whether today is for rest and breathing only."""
        return self.hold is None and self.outcome == Outcome.BREATHING_ONLY

    @property
    def breathing_open(self) -> bool:
        """Whether the breathing sessions are open."""
        return self.hold is None or breathing_open(self.hold.rules_matched)

    @property
    def open_until(self) -> datetime | None:
        """Until when the check-in made is valid for a session of the week; None where a check comes first."""
        return self.check_in.made_at + CHECK_GOOD_FOR if self.check_in and self.door.is_open else None

    def check_in_due(self, session: PlannedSession) -> bool:
        """Whether a check-in comes before this session: before each of a week's sessions."""
        return session.kind == SessionKind.SESSION and self.check_in is None


def plan_for(enrollment: Enrollment) -> Plan:
    """Return the plan of an enrollment, without mention of a baby where the baby is not with the member."""
    plan = plan_of(enrollment.release_id)
    return plan.without_baby if enrollment.participant.baby_not_with_me else plan


def outcome_of(journey: Journey) -> Outcome:
    """Return how a session is done now: by the hold in force, or what the check-ins leave in force."""
    if journey.hold:
        return Outcome(journey.hold.outcome)
    return carry_over(_in_force_now(journey, _until_now(journey)), Outcome.GO)


def standing_of(journey: Journey) -> Standing:
    """Return the Standing of a Journey."""
    enrollment, hold, now, last = journey.enrollment, journey.hold, journey.now, journey.last_session
    rows = [row for row in journey.check_ins[-RECENT_CHECK_INS:] if row.made_at <= now]
    history = _until_now(journey)
    since_week_4 = [past for row, past in zip(rows, history, strict=True) if row.week >= 4]
    check_in, may_use_harder = _fresh_check_in(rows, last, now), _may_use_harder(history)
    how_it_was = _asks_how_it_was(history, last, now)
    how_the_morning_was = _asks_how_the_morning_was(history, last, now)
    flags = flags_of(enrollment, journey.today)
    days, phase = days_since(enrollment.birth_date, journey.today), phase_of_week(enrollment.week)
    in_force_now = _in_force_now(journey, history)
    return Standing(
        days_since_birth=days,
        phase=phase,
        flags=flags,
        hold=hold,
        outcome=Outcome(hold.outcome) if hold else carry_over(in_force_now, Outcome.GO),
        check_in=check_in,
        door=door(
            checked_ago=now - check_in.made_at if check_in else None,
            before_outcome=Outcome(check_in.outcome) if check_in else None,
            in_force=in_force_now,
            is_complete=check_in is not None and check_in.is_complete,
            finished_since=check_in is None,
            is_held=hold is not None,
        ),
        rest=_rest(history, now),
        last_session=last,
        core_easier=cesarean_starts_easier(enrollment.birth_type, enrollment.week, since_week_4),
        may_use_harder=may_use_harder,
        is_gentle=enrollment.is_gentle,
        screening_flags=tuple(enrollment.screening.flags),
        is_paused=enrollment.state == EnrollmentState.PAUSED,
        is_back=enrollment.state != EnrollmentState.COMPLETED and week_timing(journey).is_back,
        screening_due=enrollment.screening_due,
        asks_how_it_was=how_it_was,
        asks_how_the_morning_was=how_the_morning_was,
    )


def closed_because(
    standing: Standing, session: PlannedSession, week: int, needs_check: bool = True
) -> str | None:
    """Return why `session` is not open in program week `week`; None when it is open.

    "emergency" and "hold" come first; then "paused" (by the member), "early" (the first two weeks),
    "screening" (questions to answer first), "back" (to be placed after a break), "later" (a week to come),
    "rest" (today is for breathing only), "check" (a fresh check-in comes first). Without `needs_check`
    that last one is left out: for a session to be done later, such as one saved offline.
    """
    if session.kind in RESTFUL and standing.breathing_open:
        return None
    if standing.hold:
        return "emergency" if standing.is_emergency else "hold"
    reasons = {
        "paused": standing.is_paused,
        "early": standing.is_early,
        "screening": bool(standing.screening_due),
        "back": standing.is_back,
        "later": (session.week or 0) > week,
        "rest": standing.rests_today and session.kind == SessionKind.SESSION,
        "check": needs_check and session.kind == SessionKind.SESSION and not standing.door.is_open,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def flags_of(enrollment: Enrollment, today: date) -> frozenset[SafetyFlag]:
    """Return the safety flags in force, including the one of the first weeks after a cesarean."""
    flags = {SafetyFlag(code) for code in enrollment.safety_flags}
    if is_cesarean_under_8_weeks(enrollment.birth_type, days_since(enrollment.birth_date, today)):
        flags.add(SafetyFlag.CESAREAN_LT_8W)
    return frozenset(flags)


def _until_now(journey: Journey) -> History:
    """Return the recent check-ins made by now, oldest first."""
    return [past for past in journey.history[-RECENT_CHECK_INS:] if past.at <= journey.now]


def _in_force_now(journey: Journey, history: History) -> list[InForce]:
    return in_force(history, journey.now, journey.last_finished, journey.unlocked_at)


def _rest(history: History, now: datetime) -> RestPeriod | None:
    """Return the rest in force; of several the one that ends last, with the reasons of all."""
    rests = unfinished_rests(history, now)
    if not rests:
        return None
    rules = [rule for past, _ends in rests for rule in past.rules]
    return RestPeriod(max(ends for _past, ends in rests), symptoms_of(rules))


def _fresh_check_in(rows: Sequence[CheckIn], last: SessionLog | None, now: datetime) -> CheckIn | None:
    """Return the check-in before today's session; a session finished since has used it up.

    A session still under way has not: it may be opened again and continued.
    """
    newest = next((row for row in reversed(rows) if row.kind == CheckInKind.BEFORE), None)
    after = next((row for row in reversed(rows) if row.kind == CheckInKind.AFTER), None)
    if newest is None or not _is_fresh(newest.made_at, now):
        return None
    if after and after.made_at > newest.made_at:
        return None
    if last and last.finished_at > newest.made_at and not _is_under_way(last, now):
        return None
    return newest


def _is_under_way(log: SessionLog, now: datetime) -> bool:
    """Whether a session that already counts is still under way."""
    return log.exercises_done < log.exercises_planned and now - log.finished_at <= UNDER_WAY


def _asks_how_it_was(history: History, last: SessionLog | None, now: datetime) -> bool:
    """Whether the check after the last session is still due, on the same day."""
    if last is None or not _is_fresh(last.finished_at, now):
        return False
    return not any(past.kind == CheckInKind.AFTER and past.at >= last.started_at for past in history)


def _asks_how_the_morning_was(history: History, last: SessionLog | None, now: datetime) -> bool:
    """Whether a day has passed since the last session and no check-in since has asked about it."""
    if last is None or _days_between(last.finished_at, now) not in (1, 2):
        return False
    asking = (CheckInKind.BEFORE, CheckInKind.NEXT_MORNING)
    return not any(past.kind in asking and past.at > last.finished_at for past in history)


def _is_fresh(at: datetime, now: datetime) -> bool:
    return now - at <= CHECK_GOOD_FOR


def _may_use_harder(history: History) -> bool:
    after = next((past for past in reversed(history) if past.kind == CheckInKind.AFTER), None)
    return after is not None and Advice.MAY_USE_HARDER in after.advice


def _days_between(moment: datetime, now: datetime) -> int:
    return (timezone.localtime(now).date() - timezone.localtime(moment).date()).days
