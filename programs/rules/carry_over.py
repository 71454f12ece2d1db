"""What earlier check-ins leave in force, whether a session of the week is open, and when an answer may be corrected.

Source: evidence base, section F, "From one session to the next" (check-in data, carryOver) and "The door to a
session" (doors).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .history import History, PastCheckIn, is_rest
from .vocabulary import Advice, AnswerError, CheckInKind, Outcome

REST = timedelta(hours=24)  # breathing_only stays this long (carryOver.rule) ...
BLEEDING_REST = timedelta(hours=48)  # ... and this long with REST_48H_BLEEDING
CHECK_GOOD_FOR = timedelta(hours=12)  # doors.beforeCheckMaxHours
CORRECTION_WITHIN = timedelta(minutes=10)  # carryOver.correction.withinMinutes
CORRECTIONS_A_DAY = 1  # carryOver.correction.perDay
CORRECTION_DAY = timedelta(hours=24)  # a day by hours passed, so that no change of clock makes a second one
NOT_CORRECTED = frozenset({"not_safe"})  # carryOver.correction.notFor, answers about mood
# Outcomes that stay in force until their hold has ended.
PAUSING = frozenset(outcome for outcome in Outcome if outcome.rank >= Outcome.PAUSE_CLINICIAN.rank)


class NotCorrected(StrEnum):
    """Why a check stays as it was answered."""

    SELF_HARM = "self_harm"
    LATE = "late"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class InForce:
    """One check-in that still counts: its outcome, its advice, and how long ago it was."""

    outcome: Outcome
    advice: Sequence[Advice]
    ago: timedelta

    @property
    def carried_outcome(self) -> Outcome:
        """The outcome it imposes on a session now: a rest that is over leaves an easier session."""
        over = self.outcome == Outcome.BREATHING_ONLY and self.ago >= _rest(self.advice)
        return Outcome.EASIER if over else self.outcome


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished session of the program: when it began and ended."""

    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """Whether a session of the week is open, and how it is done; None where nothing says how."""

    is_open: bool
    mode: Outcome | None = None


def carry_over(in_force: Iterable[InForce], before_outcome: Outcome) -> Outcome:
    """Return how today's session is done: the most careful of today's check and of all that is in force.

    A later, milder check opens nothing, and nothing shortens a rest.
    """
    return Outcome.worst((before_outcome, *(one.carried_outcome for one in in_force)))


def in_force(
    history: History, now: datetime, last_session: Finished | None, unlocked_at: datetime | None = None
) -> list[InForce]:
    """Return the part of `history` (oldest first) that is in force `now`.

    That is each check since the last finished session of the program, with its own after-check; each rest whose
    time is not over, whatever came later; and each pause and emergency until its hold was ended, which is at
    `unlocked_at` for all that came before.
    """
    found = []
    for past in history:
        if past.outcome is None:  # still being judged
            continue
        if past.outcome in PAUSING:
            counts = unlocked_at is None or past.at > unlocked_at
        else:
            is_rest_day = past.outcome == Outcome.BREATHING_ONLY
            counts = (is_rest_day and _is_unfinished_rest(past, now)) or _is_since(past, last_session)
        if counts:
            found.append(InForce(past.outcome, past.advice, max(timedelta(), now - past.at)))
    return found


def unfinished_rests(history: History, now: datetime) -> list[tuple[PastCheckIn, datetime]]:
    """Return each check of `history` whose rest is not over `now`, with the moment at which it is."""
    return [(past, _rest_ends(past)) for past in history if _is_unfinished_rest(past, now)]


def door(
    *,
    checked_ago: timedelta | None,
    before_outcome: Outcome | None,
    in_force: Iterable[InForce],
    is_complete: bool,
    finished_since: bool,
    is_held: bool,
) -> Door:
    """Whether a session of the week opens: only after a complete, fresh check and with no hold in force.

    `checked_ago` and `before_outcome` are of the last check before a session, None without one; `finished_since`
    says whether a session was finished after it. A missing fact never opens a session.
    """
    fresh = checked_ago is not None and timedelta() <= checked_ago <= CHECK_GOOD_FOR
    if not fresh or before_outcome is None or not is_complete or finished_since or is_held:
        return Door(is_open=False)
    mode = carry_over(in_force, before_outcome)
    return Door(is_open=mode.rank <= Outcome.EASIER.rank, mode=mode)


def why_not_corrected(ago: timedelta, corrections_today: int, mood: str | None) -> NotCorrected | None:
    """Return why "I tapped the wrong answer" replaces a check made `ago` no more; None where it still does.

    `mood` is the answer to that question in the check. Thoughts of self-harm are never taken back this way.
    """
    if mood in NOT_CORRECTED:
        return NotCorrected.SELF_HARM
    if not timedelta() <= ago <= CORRECTION_WITHIN:
        return NotCorrected.LATE
    return NotCorrected.AGAIN if corrections_today >= CORRECTIONS_A_DAY else None


def hours(value: object, name: str = "hoursSince") -> timedelta:
    """Convert a number of hours to a timedelta. Raise AnswerError when it is missing or negative."""
    if value is None:
        raise AnswerError(name, "missing")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise AnswerError(name, "unknown", value)
    return timedelta(hours=value)


def _rest(advice: Sequence[Advice]) -> timedelta:
    """Return how long a rest with this advice lasts."""
    return BLEEDING_REST if Advice.REST_48H_BLEEDING in advice else REST


def _rest_ends(past: PastCheckIn) -> datetime:
    return past.at + _rest(past.advice)


def _is_unfinished_rest(past: PastCheckIn, now: datetime) -> bool:
    """Whether it called for a rest that is not over; one of more than two days ago is, whatever its advice."""
    return past.outcome == Outcome.BREATHING_ONLY and now - past.at < BLEEDING_REST and now < _rest_ends(past)


def _is_since(past: PastCheckIn, last_session: Finished | None) -> bool:
    """Whether it was made after the last finished session; the check after it belongs to it."""
    if last_session is None:
        return True
    own = past.kind == CheckInKind.AFTER and not is_rest(past) and past.at >= last_session.began
    return own or past.at > last_session.ended
