"""The diastasis self-check: when it may be done, and what its result means.

Source: evidence base, section C, "Diastasis recti: self-check and the doming rule".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .answers import Number, YesNo, read_answers
from .vocabulary import Advice, BirthType, Disposition, SafetyFlag, Urgency

FIRST_DAY = 42  # "not before 6 weeks" ...
FIRST_DAY_CESAREAN = 56  # ... "(8 after cesarean)"
DAYS_BETWEEN = 21  # "at most once every 3 weeks"
WIDE_FINGERS, WIDE_FROM_DAY = 4, 56  # "4 or more fingers after 8 weeks, or worried"
GAP_FINGERS = 2  # "2 or more fingers and soft"; 2 and firm is no flag, more counts as soft to be careful

SELF_CHECK_FIELDS = (
    Number("fingers", 0, 10),
    YesNo("soft"),
    YesNo("dome"),
    YesNo("worried"),
    YesNo("lump"),  # a painful or firm lump, or one that does not go back
    YesNo("vomitingOrSeverePain"),
)


@dataclass(frozen=True, slots=True)
class SelfCheckResult:
    """What the self-check leads to: as in the screening, with the flags and the advice it adds."""

    disposition: Disposition
    urgency: Urgency
    flags: frozenset[SafetyFlag]
    advice: tuple[Advice, ...]


def self_check_opens_in(birth_type: BirthType, days_since_birth: int, days_since_last: int | None) -> int:
    """Days until the self-check may be done, 0 when it may be done today.

    `days_since_last` counts from the last self-check, None when there was none.
    """
    first_day = FIRST_DAY_CESAREAN if birth_type == BirthType.CESAREAN else FIRST_DAY
    waiting = 0 if days_since_last is None else DAYS_BETWEEN - days_since_last
    return max(0, first_day - days_since_birth, waiting)


def evaluate_self_check(answers: Mapping[str, object], days_since_birth: int) -> SelfCheckResult:
    """Judge a self-check. `answers` has exactly the names of `SELF_CHECK_FIELDS`; raises AnswerError."""
    given = read_answers(SELF_CHECK_FIELDS, answers)
    if given["lump"] and given["vomitingOrSeverePain"]:
        return _lump(Disposition.URGENT_NOW, Urgency.EMERGENCY, Advice.CALL_EMERGENCY)
    if given["lump"]:
        return _lump(Disposition.WAIT_CLINICIAN, Urgency.ROUTINE, Advice.CALL_CLINICIAN)
    wide = given["fingers"] >= WIDE_FINGERS and days_since_birth >= WIDE_FROM_DAY
    if wide or given["worried"]:
        return _doming(Urgency.ROUTINE, Advice.ADD_DOMING_FLAG, Advice.SEE_PELVIC_PT)
    gap = given["fingers"] > GAP_FINGERS or (given["fingers"] == GAP_FINGERS and given["soft"])
    if given["dome"] or gap:
        return _doming(Urgency.NONE, Advice.ADD_DOMING_FLAG)
    return SelfCheckResult(Disposition.START, Urgency.NONE, frozenset(), ())


def _lump(disposition: Disposition, urgency: Urgency, advice: Advice) -> SelfCheckResult:
    return SelfCheckResult(disposition, urgency, frozenset(), (advice,))


def _doming(urgency: Urgency, *advice: Advice) -> SelfCheckResult:
    return SelfCheckResult(Disposition.START_MODIFIED, urgency, frozenset({SafetyFlag.DOMING}), advice)
