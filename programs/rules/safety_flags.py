"""When a safety flag begins and ends, by marks (screening, self-check, clinician) and by check-ins.

Source: evidence base, section E, "Flags begin and end as follows" (program data, flags).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from operator import attrgetter
from typing import TypeGuard

from .conditions import AtLeast, AtMost, Condition, Is, IsNot
from .history import History, PastCheckIn, is_rest
from .vocabulary import BirthType, CheckInKind, SafetyFlag

_AT = attrgetter("at")
SCAR_OK_CHECK_INS = 3  # cesareanTrack: back to normal when scar = ok for 3 check-ins


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagMark:
    """A safety flag set outright at a moment, by a screening or a self-check.

    `on=False` is the member's record that a clinician lifted it; it counts for pelvic floor tension only, the other
    flags end by check-ins. A screening or self-check that finds nothing makes no mark: it lifts no flag.
    """

    flag: SafetyFlag
    at: datetime
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """How one flag lives.

    It begins with so many after-checks in a row of which `begins` holds, or with a mark. It ends with so
    many in a row of which one of `ends` holds: of check-ins that ask for it, or of sessions only (rest
    sessions are none then, the more careful reading). Where `mark_stays`, a mark ends only by a clinician.
    """

    flag: SafetyFlag
    begins: Condition
    begins_in_row: int
    ends: dict[CheckInKind, Condition]
    ends_in_row: int
    mark_stays: bool = False


_BEFORE, _AFTER = CheckInKind.BEFORE, CheckInKind.AFTER
_AFTER_ONLY = {_AFTER}

FLAG_RULES = (
    # Squeezes rest for the next 2 sessions after "could not let go" (PF_RELAX_TRACK).
    FlagRule(flag=SafetyFlag.PF_TENSION,
             begins=Is("pfRelease", "no"), begins_in_row=1,
             ends={_AFTER: IsNot("pfRelease", "no")}, ends_in_row=2,
             mark_stays=True),
    FlagRule(flag=SafetyFlag.HEAVINESS,
             begins=AtLeast("heaviness", 1), begins_in_row=2,
             ends={_BEFORE: Is("heaviness", 0), _AFTER: Is("heaviness", 0)}, ends_in_row=4),
    # The text names no beginning by check-in for pain; this follows heaviness and leaking, to be careful.
    FlagRule(flag=SafetyFlag.PELVIC_PAIN,
             begins=AtLeast("painMax", 4), begins_in_row=2,
             ends={_BEFORE: AtMost("pain", 3), _AFTER: AtMost("painMax", 3)}, ends_in_row=4),
    # "Doming kept coming" once (ADD_DOMING_FLAG).
    FlagRule(flag=SafetyFlag.DOMING,
             begins=Is("doming", "kept"), begins_in_row=1,
             ends={_AFTER: Is("doming", "none")}, ends_in_row=3),
    FlagRule(flag=SafetyFlag.LEAKING,
             begins=AtLeast("leak", 1), begins_in_row=2,
             ends={_BEFORE: Is("leak", 0), _AFTER: Is("leak", 0)}, ends_in_row=4),
)  # fmt: skip


def active_flags(marks: Iterable[FlagMark], history: History) -> frozenset[SafetyFlag]:
    """Return the safety flags in force after all `marks` and the whole `history` (oldest first).

    The flag of the first weeks after a cesarean depends on the date alone: see `is_cesarean_under_8_weeks`.
    """
    marks, in_time = list(marks), sorted(history, key=_AT)
    after = [past for past in in_time if past.kind == CheckInKind.AFTER]
    return frozenset(
        rule.flag
        for rule in FLAG_RULES
        if _is_active(rule, marks, after if rule.ends.keys() == _AFTER_ONLY else in_time)
    )


def cesarean_starts_easier(birth_type: BirthType, week: int, since_week_4: History) -> bool:
    """Whether core work still starts in the easier version: weeks 4 and 5 after a cesarean.

    Until the scar was "ok" (or healed) at 3 check-ins in a row; give the history since week 4 began.
    """
    scars = [past.answers["scar"] for past in since_week_4 if "scar" in past.answers]
    settled = len(scars) >= SCAR_OK_CHECK_INS and set(scars[-SCAR_OK_CHECK_INS:]) <= {"ok", "na"}
    return birth_type == BirthType.CESAREAN and week in (4, 5) and not settled


def _is_active(rule: FlagRule, marks: Sequence[FlagMark], history: History) -> bool:
    """Walk back through marks and check-ins until one of them decides, so that no more answers are read than matter.

    A mark comes before a check-in of the same moment.
    """
    own = sorted((mark for mark in marks if mark.flag == rule.flag), key=_AT)
    if rule.mark_stays and own and own[-1].on:
        return True
    outright = [] if rule.mark_stays else [mark for mark in own if mark.on]
    events: Sequence[PastCheckIn | FlagMark] = history
    if outright:
        events = sorted([*outright, *history], key=_AT)
    ending = 0
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if isinstance(event, FlagMark) or _begins(rule, events, place):
            return True
        ends = rule.ends.get(event.kind)
        counts = not is_rest(event) or CheckInKind.BEFORE in rule.ends
        if ends and counts and ends.first_name in event.answers:
            ending = ending + 1 if ends(event.answers) else 0
            if ending >= rule.ends_in_row:
                return False
    return False


def _begins(rule: FlagRule, events: Sequence[PastCheckIn | FlagMark], place: int) -> bool:
    """Whether the flag begins with the check-in at `place`: the after-checks up to it are then enough in a row."""
    if not _asks(events[place], rule):
        return False
    asked = (one for one in map(events.__getitem__, range(place, -1, -1)) if _asks(one, rule))
    in_row = sum(
        1 for _ in takewhile(lambda one: rule.begins(one.answers), islice(asked, rule.begins_in_row))
    )
    return in_row == rule.begins_in_row


def _asks(event: PastCheckIn | FlagMark, rule: FlagRule) -> TypeGuard[PastCheckIn]:
    """Whether it is an after-check that asked for what the flag begins with."""
    return (
        isinstance(event, PastCheckIn)
        and event.kind == CheckInKind.AFTER
        and rule.begins.first_name in event.answers
    )
