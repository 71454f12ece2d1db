"""Time: days and weeks since birth, the weeks of a phase, and the gates before which a phase stays closed.

Source: evidence base, section B, "Phase gates that follow from screening" (screening data, phaseGates),
and section E for the weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .vocabulary import AnswerError, BirthType

PHASES = (1, 2, 3, 4)
WEEKS_PER_PHASE = 3
LAST_WEEK = 12

# phaseGates.dayThresholds: the first day of each phase, counted from the birth (day 0).
VAGINAL_GATES = {1: 14, 2: 42, 3: 63, 4: 84}
LATER_GATES = {1: 14, 2: 56, 3: 77, 4: 98}  # see `has_later_gates`

CESAREAN_SWAP_DAYS = 56  # flags.cesarean_lt_8w: fewer days than this since a cesarean
DATES_APART = 2  # days by which the dates of two places may differ
PENDING_CHECK_DAYS = 84  # caps.clearance_pending: without a risk it ends by itself from this day on

_LATER = frozenset({"cesarean", "oasi", "levator"})
_NEEDS_CHECK = frozenset({"cesarean", "assisted", "oasi", "medical"})


def days_since(birth_date: date, today: date) -> int:
    """Whole days since the birth; 0 on the day itself, and where that day has not begun yet.

    It may be entered where the date is up to two days ahead (UTC+14 and UTC-11 are 25 hours apart). Raises AnswerError for
    a birth further in the future.
    """
    days = (today - birth_date).days
    if -DATES_APART <= days < 0:
        return 0
    if days < 0:
        raise AnswerError("birth_date", "unknown", birth_date)
    return days


def weeks_postpartum(birth_date: date, today: date) -> int:
    """Whole weeks since the birth."""
    return days_since(birth_date, today) // 7


def is_cesarean_under_8_weeks(birth_type: BirthType, days_since_birth: int) -> bool:
    """Whether the swaps of `cesarean_lt_8w` apply. Computed each day, never stored."""
    return birth_type == BirthType.CESAREAN and days_since_birth < CESAREAN_SWAP_DAYS


def phase_of_week(week: int) -> int:
    """The phase a program week (1 to 12) belongs to."""
    return (week - 1) // WEEKS_PER_PHASE + 1


def first_week_of(phase: int) -> int:
    """The first program week of a phase."""
    return (phase - 1) * WEEKS_PER_PHASE + 1


def is_last_week_of_phase(week: int) -> bool:
    """Whether the phase ends with this program week."""
    return week % WEEKS_PER_PHASE == 0


def rest_day_over(hours_since_last_session: float | None, hours_between_sessions: int) -> bool:
    """Whether a next session is suggested already; None when there was none yet.

    A suggestion, never a lock. `hours_between_sessions` is the program's (weekRules.minHoursBetweenSessions).
    """
    return hours_since_last_session is None or hours_since_last_session >= hours_between_sessions


class Released(StrEnum):
    """What someone can record that lifts a cap."""

    POSTPARTUM_CHECK = "postpartum_check"  # the check was done and exercise agreed
    TEAR_GRADE = "tear_grade"  # the grade of the tear is known
    PELVIC_CHECK = "pelvic_check"  # a pelvic health check was done
    HEART_TEAM = "heart_team"  # the heart or blood pressure team agreed to strength work
    BLOOD_COUNT = "blood_count"  # a clinician says the blood count allows more
    EATING_ENOUGH = "eating_enough"  # talked with a clinician, and eating enough again


def has_later_gates(flags: Collection[str], recorded: Collection[str] = ()) -> bool:
    """Whether the later gates apply to these screening flags (phaseGates.laterDatesWhen).

    After a cesarean, or a grade 3 or 4 or levator tear; after forceps or vacuum until a pelvic floor check.
    """
    if not _LATER.isdisjoint(flags):
        return True
    return "assisted" in flags and "pf_checked" not in flags and Released.PELVIC_CHECK not in recorded


@dataclass(frozen=True, slots=True)
class Cap:
    """A screening flag that keeps phases closed: the highest phase it allows, and what releases it.

    `highest` sees all flags; `days` gives the day on which the cap ends by itself for these flags and what was
    recorded, None when it never does.
    """

    flag: str
    highest: Callable[[Collection[str]], int]
    released_by: Released | None
    days: Callable[[Collection[str], Collection[str]], int | None]


# phaseGates.caps
CAPS = (
    Cap("early_recovery", lambda flags: 0, None, lambda flags, recorded: VAGINAL_GATES[1]),
    Cap("phase1_only", lambda flags: 1, None, lambda flags, recorded: _gates(flags, recorded)[2]),
    Cap("clearance_pending", lambda flags: 1, Released.POSTPARTUM_CHECK,
        lambda flags, recorded: None if _needs_check(flags) else PENDING_CHECK_DAYS),
    Cap("tear_unknown", lambda flags: 1, Released.TEAR_GRADE, lambda flags, recorded: None),
    Cap("refer_pt", lambda flags: 1, Released.PELVIC_CHECK, lambda flags, recorded: None),
    Cap("anal_leak", lambda flags: 2, Released.PELVIC_CHECK, lambda flags, recorded: None),
    Cap("heart_bp", lambda flags: 1, Released.HEART_TEAM, lambda flags, recorded: None),
    Cap("anemia", lambda flags: 2, Released.BLOOD_COUNT, lambda flags, recorded: None),
    Cap("low_energy", lambda flags: 2, Released.EATING_ENOUGH, lambda flags, recorded: None),
    Cap("clearance_advised", lambda flags: 1 if _needs_check(flags) else 4, Released.POSTPARTUM_CHECK,
        lambda flags, recorded: None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that keeps a phase closed today.

    `flag` is "days" for the time gate, else the screening flag of the cap. It opens from day `opens_on_day`
    since birth (None: not by time) or when `released_by` is recorded (None: only time helps).
    """

    flag: str
    opens_on_day: int | None
    released_by: Released | None


def closed_gates(
    phase: int, flags: Collection[str], days_since_birth: int, recorded: Collection[str] = ()
) -> tuple[Gate, ...]:
    """Return all that keeps `phase` closed now: time first, then caps; empty when it is open.

    `flags` are the screening's flags, `recorded` what the member or a clinician recorded since (`Released`).
    """
    first_day = _gates(flags, recorded)[phase]
    gates = [Gate("days", first_day, None)] if days_since_birth < first_day else []
    gates += [
        Gate(cap.flag, cap.days(flags, recorded), cap.released_by)
        for cap in CAPS
        if cap.flag in flags
        and phase > cap.highest(flags)
        and cap.released_by not in recorded
        and not _over(cap.days(flags, recorded), days_since_birth)
    ]
    return tuple(gates)


def highest_phase(flags: Collection[str], days_since_birth: int, recorded: Collection[str] = ()) -> int:
    """Return the highest phase open now, 0 (early recovery only) to 4.

    The smaller of what time allows and of every cap that still holds.
    """
    for phase in PHASES:
        if closed_gates(phase, flags, days_since_birth, recorded):
            return phase - 1
    return PHASES[-1]


def _over(day: int | None, days_since_birth: int) -> bool:
    return day is not None and days_since_birth >= day


def _gates(flags: Collection[str], recorded: Collection[str]) -> dict[int, int]:
    return LATER_GATES if has_later_gates(flags, recorded) else VAGINAL_GATES


def _needs_check(flags: Collection[str]) -> bool:
    return not _NEEDS_CHECK.isdisjoint(flags)
