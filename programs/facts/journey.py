"""A member's journey: the rows of one enrollment, read once into plain fields, as they stand at one moment.

What follows from them (standing, week, context of a check-in, way out of a hold) are pure functions of a Journey in
the modules beside this one. Days are those of the time zone in force, which on a member's page is the member's own.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any, TypeVar

from django.utils.timezone import get_current_timezone

from programs.facts.local_time import local_moment
from programs.models import CheckIn, Enrollment, SafetyHold, SessionLog
from programs.querysets.journey import MAX_CHECK_INS
from programs.rules.carry_over import Finished
from programs.rules.history import PastCheckIn
from programs.rules.vocabulary import Advice, CheckInKind, Outcome

RECENT_CHECK_INS = 30  # enough for a page
# By the code, which for hundreds of rows takes less than calling the enumeration.
_KINDS: Mapping[str, CheckInKind] = {kind: kind for kind in CheckInKind}
_OUTCOMES: Mapping[str, Outcome] = {outcome: outcome for outcome in Outcome}


@dataclass(frozen=True, kw_only=True)
class Journey:
    """One enrollment (with its participant and screening) and its rows, as they stand at `now`.

    `check_ins` are the last complete ones, oldest first, and `history` the same as the rules read them; `holds` and
    `logs` (as `lean` reads them) are newest first. The others follow from these at `now`: the `hold` in force, when
    the last one ended (`unlocked_at`), the `sessions` of a week that count as done, newest first, and the last one.
    """

    enrollment: Enrollment
    now: datetime
    today: date
    check_ins: tuple[CheckIn, ...]
    history: tuple[PastCheckIn, ...]
    holds: tuple[SafetyHold, ...]
    logs: tuple[SessionLog, ...]
    hold: SafetyHold | None
    unlocked_at: datetime | None
    sessions: tuple[SessionLog, ...]
    last_session: SessionLog | None
    last_finished: Finished | None


@dataclass(frozen=True, kw_only=True)
class WholeJourney(Journey):
    """A Journey with all check-ins, as the rules need them to judge a check-in or a week."""


AnyJourney = TypeVar("AnyJourney", bound=Journey)


def journey_of(enrollment: Enrollment, now: datetime) -> Journey:
    """Load the journey of `enrollment` as it stands at `now`, with recent check-ins (three queries)."""
    return Journey(**_loaded(enrollment, now, RECENT_CHECK_INS))


def whole_journey_of(enrollment: Enrollment, now: datetime) -> WholeJourney:
    """Load the journey of `enrollment` as it stands at `now`, with all check-ins (three queries)."""
    return WholeJourney(**_loaded(enrollment, now, MAX_CHECK_INS))


class _Codes(Sequence[Any]):
    """The codes in an encrypted column of a check-in, decrypted when they are first looked at: those of most never are."""

    def __init__(self, row: CheckIn, column: str, kind: Callable[[str], Any]) -> None:
        self._row, self._column, self._kind = row, column, kind

    @cached_property
    def _codes(self) -> tuple[Any, ...]:
        return tuple(map(self._kind, getattr(self._row, self._column)))

    def __getitem__(self, index: Any) -> Any:
        return self._codes[index]

    def __len__(self) -> int:
        return len(self._codes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._codes == tuple(other)


class _Answers(Mapping[str, Any]):
    """The answers of a check-in, decrypted when they are first looked at, as those of most never are."""

    def __init__(self, row: CheckIn) -> None:
        self._row = row

    def __getitem__(self, name: str) -> Any:
        return self._row.answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row.answers)

    def __len__(self) -> int:
        return len(self._row.answers)


def past_check_in(row: CheckIn) -> PastCheckIn:
    """Convert a check-in to the type of the rules."""
    return _past_check_in(row, get_current_timezone())


def _past_check_in(row: CheckIn, zone: tzinfo) -> PastCheckIn:
    return PastCheckIn(
        kind=_KINDS[row.kind],
        at=local_moment(row.made_at, zone),
        answers=_Answers(row),
        outcome=_OUTCOMES[row.outcome],
        advice=_Codes(row, "advice", Advice),
        session_mode=_OUTCOMES[row.mode],
        rules=_Codes(row, "rules_matched", str),
    )


def at_moment(journey: AnyJourney, moment: datetime) -> AnyJourney:
    """Return the same rows, seen at another moment; the hold is the one in force by now."""
    return replace(journey, **_at(moment, journey.logs))


def as_it_was(journey: AnyJourney, log: SessionLog, moment: datetime) -> AnyJourney:
    """Return the journey as it was at `moment`, without `log`, with the holds in force from then until its end."""
    logs = journey.logs if log.pk is None else tuple(one for one in journey.logs if one.pk != log.pk)
    begun = [hold for hold in journey.holds if hold.began_at <= log.finished_at]
    return replace(journey, logs=logs, **_at(moment, logs), **_held(begun, moment))


def without_hold(journey: AnyJourney, hold: SafetyHold) -> AnyJourney:
    """Return the journey with `hold`, which was in force, ended."""
    return replace(journey, hold=None, unlocked_at=hold.ended_at)


def with_check_in(journey: AnyJourney, row: CheckIn, past: PastCheckIn) -> AnyJourney:
    """Return the journey with one more complete check-in, in its place in time; `past` is the same for the rules."""
    place = bisect([one.made_at for one in journey.check_ins], row.made_at)
    check_ins, history = journey.check_ins, journey.history
    return replace(
        journey,
        check_ins=(*check_ins[:place], row, *check_ins[place:]),
        history=(*history[:place], past, *history[place:]),
    )


def _loaded(
    enrollment: Enrollment,
    now: datetime,
    most_check_ins: int,
) -> dict[str, Any]:
    check_ins = tuple(CheckIn.objects.latest_of(enrollment, most_check_ins))
    logs = tuple(SessionLog.objects.latest_of(enrollment))
    holds = tuple(SafetyHold.objects.latest_of(enrollment.participant_id))
    zone = get_current_timezone()
    return {
        "enrollment": enrollment,
        "check_ins": check_ins,
        "history": tuple(_past_check_in(row, zone) for row in check_ins),
        "holds": holds,
        "logs": logs,
        **_held(holds),
        **_at(now, logs),
    }


def _at(moment: datetime, logs: Iterable[SessionLog]) -> dict[str, Any]:
    """Return the fields that depend on the moment: the time in the zone in force, and the sessions done by then."""
    now = local_moment(moment)
    sessions = tuple(log for log in logs if log.finished_at <= moment and log.counts_as_session)
    last = sessions[0] if sessions else None
    ends = last and Finished(local_moment(last.started_at), local_moment(last.finished_at))
    return {
        "now": now,
        "today": now.date(),
        "sessions": sessions,
        "last_session": last,
        "last_finished": ends,
    }


def _held(holds: Sequence[SafetyHold], moment: datetime | None = None) -> dict[str, Any]:
    """Return the hold in force and when the last one ended, by now or as it was at an earlier `moment`."""
    ended = [one for one in holds if one.ended_at and (moment is None or one.ended_at <= moment)]
    return {
        "hold": next((one for one in holds if one not in ended), None),
        "unlocked_at": max((one.ended_at for one in ended if one.ended_at), default=None),
    }
