"""What the rules mark for a clinician's eyes.

Each mark has a code and an urgency; the same check-in, screening or decision gives the same marks, so
stored once a code it is one concern. Source of a row: the rules it names, in the sections they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .progression import DecisionResult
from .screening import ScreeningResult
from .self_check import SelfCheckResult
from .vocabulary import Advice, DecisionOutcome, Disposition, Urgency


class ConcernCode(StrEnum):
    """What the therapist must see."""

    SELF_HARM = "self_harm"
    EMERGENCY_SIGN = "emergency_sign"
    RIGHT_AWAY_SIGN = "right_away_sign"
    SAME_DAY_SIGN = "same_day_sign"
    SYMPTOM_PAUSE = "symptom_pause"
    THOUGHTS_WITH_HELP = "thoughts_with_help"
    LOW_MOOD = "low_mood"
    REST_DAYS = "rest_days"
    DIZZY = "dizzy"
    CANNOT_LET_GO = "cannot_let_go"
    DOMING_STAYS = "doming_stays"
    SCREENING_URGENT_NOW = "screening_urgent_now"
    SCREENING_WAIT_CLINICIAN = "screening_wait_clinician"
    SCREENING_ROUTINE = "screening_routine"
    SELF_CHECK = "self_check"
    PAUSE_REFER = "pause_refer"
    STEP_BACK_PHASE = "step_back_phase"
    SECOND_SYMPTOM_HOLD = "second_symptom_hold"
    SYMPTOM_GATE = "symptom_gate"
    CHECK_GATE = "check_gate"
    KEEPS_FAILING = "keeps_failing"
    LONG_IN_WEEK = "long_in_week"
    COMMENT_SELF_HARM = "comment_self_harm"
    COMMENT_EMERGENCY = "comment_emergency"
    WORDS_SELF_HARM = "words_self_harm"
    WORDS_EMERGENCY = "words_emergency"


@dataclass(frozen=True, slots=True)
class ConcernMark:
    """One mark: its code, its urgency, and what it rests on (rule ids, red flags, or "question:answer")."""

    code: str
    urgency: Urgency
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckInConcern:
    """One row: any of these rules at a check-in is a concern of this urgency."""

    code: str
    urgency: Urgency
    rules: tuple[str, ...]


# Every rule with a contactWithin is in exactly one row (evidence base, section F, column "Contact").
CHECK_IN_CONCERNS = (
    CheckInConcern(ConcernCode.SELF_HARM, Urgency.EMERGENCY, ("PRE-E1",)),
    CheckInConcern(ConcernCode.EMERGENCY_SIGN, Urgency.EMERGENCY,
                   ("PRE-E2", "PRE-E3", "POST-E1", "POST-E2")),
    CheckInConcern(ConcernCode.RIGHT_AWAY_SIGN, Urgency.RIGHT_AWAY, ("PRE-U5", "POST-U5")),
    CheckInConcern(ConcernCode.SAME_DAY_SIGN, Urgency.SAME_DAY,
                   ("PRE-U1", "PRE-U2", "PRE-U3", "PRE-U4", "PRE-B1",
                    "POST-U1", "POST-U2", "POST-U3", "POST-U4", "POST-B1")),
    CheckInConcern(ConcernCode.SYMPTOM_PAUSE, Urgency.ROUTINE,
                   ("PRE-C1", "PRE-C2", "PRE-C3", "PRE-C4", "PRE-C5", "PRE-C6", "PRE-C7", "PRE-C8",
                    "POST-C1", "POST-C2", "POST-C3", "POST-C4", "POST-C5", "POST-C6")),
    CheckInConcern(ConcernCode.THOUGHTS_WITH_HELP, Urgency.ROUTINE, ("PRE-A6",)),
    CheckInConcern(ConcernCode.REST_DAYS, Urgency.ROUTINE, ("PRE-A5",)),
    CheckInConcern(ConcernCode.DIZZY, Urgency.ROUTINE, ("PRE-B6", "POST-B5")),
    CheckInConcern(ConcernCode.LOW_MOOD, Urgency.ROUTINE, ("PRE-A2",)),
    CheckInConcern(ConcernCode.CANNOT_LET_GO, Urgency.ROUTINE, ("POST-R1",)),
    CheckInConcern(ConcernCode.DOMING_STAYS, Urgency.ROUTINE, ("POST-R2",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecisionConcern:
    """One row: a decision of which this holds is a routine concern (evidence base, section C)."""

    code: ConcernCode
    when: Callable[[DecisionResult], bool]


DECISION_CONCERNS = (
    DecisionConcern(ConcernCode.PAUSE_REFER,
                    lambda decision: decision.outcome == DecisionOutcome.PAUSE_REFER),
    DecisionConcern(ConcernCode.STEP_BACK_PHASE,
                    lambda decision: decision.outcome == DecisionOutcome.STEP_BACK_PHASE),
    DecisionConcern(ConcernCode.SECOND_SYMPTOM_HOLD,
                    lambda decision: {Advice.SYMPTOM_HOLD, Advice.SEE_PELVIC_PT} <= set(decision.advice)),
    DecisionConcern(ConcernCode.SYMPTOM_GATE, lambda decision: Advice.SYMPTOM_GATE in decision.advice),
    DecisionConcern(ConcernCode.KEEPS_FAILING,
                    lambda decision: (Advice.SEE_PELVIC_PT in decision.advice
                                      and decision.rule in ("PR-2", "PR-2a", "PR-4", "PR-5", "PR-6"))),
)  # fmt: skip


def check_in_concerns(rules: Collection[str]) -> tuple[ConcernMark, ...]:
    """The concerns of a check-in in which these `rules` held, most urgent first; empty when nobody needs to be asked."""
    marks = []
    for row in CHECK_IN_CONCERNS:
        held = tuple(rule for rule in row.rules if rule in rules)
        if held:
            marks.append(ConcernMark(row.code, row.urgency, held))
    return tuple(marks)


def screening_concerns(result: ScreeningResult) -> tuple[ConcernMark, ...]:
    """The concern of a screening: to wait, urgent, or startable but with a check advised (section B)."""
    because = (*(f"{question}:{answer}" for question, answer in result.reasons), *result.red_flags)
    if result.disposition == Disposition.URGENT_NOW:
        return (ConcernMark(ConcernCode.SCREENING_URGENT_NOW, result.urgency, because),)
    if result.disposition == Disposition.WAIT_CLINICIAN:
        return (ConcernMark(ConcernCode.SCREENING_WAIT_CLINICIAN, result.urgency, because),)
    if result.urgency != Urgency.NONE:
        return (ConcernMark(ConcernCode.SCREENING_ROUTINE, result.urgency, because),)
    return ()


def decision_concerns(decision: DecisionResult, waits_for: Collection[str] = ()) -> tuple[ConcernMark, ...]:
    """The concerns of a weekly decision; `waits_for` are the checks that keep the next phase closed.

    The evidence base names holds and symptom gates (holds.concerns) and is silent about a gate that only a recorded
    check opens; that it is a concern, too, is the more careful reading.
    """
    codes = [row.code for row in DECISION_CONCERNS if row.when(decision)]
    if Advice.TIME_GATE in decision.advice and waits_for:
        codes.append(ConcernCode.CHECK_GATE)
    return tuple(ConcernMark(code, Urgency.ROUTINE, (decision.rule,)) for code in codes)


# Practice for six weeks in one week of the program, with the two sessions of each that a weekly decision asks for.
LONG_IN_WEEK, SESSIONS_MEANWHILE = timedelta(days=42), 12
LOOKED_AT = (
    "THERAPIST",
    "UNLOCKED",
)  # decisions by the therapist, and as a hold ends, with which somebody has dealt


def week_concerns(rule: str, in_week: timedelta, sessions: int) -> tuple[ConcernMark, ...]:
    """The concern of a decision by `rule` that keeps a member in a week, who has been there for `in_week`.

    `sessions` is how many were done in the last six weeks, counted as done or not. The evidence base is silent about
    a member who practices for weeks and gets nowhere without any symptom (few reports, short sessions); that somebody
    looks is the more careful reading.
    """
    if rule in LOOKED_AT or in_week < LONG_IN_WEEK or sessions < SESSIONS_MEANWHILE:
        return ()
    return (ConcernMark(ConcernCode.LONG_IN_WEEK, Urgency.ROUTINE, (rule,)),)


def self_check_concerns(result: SelfCheckResult) -> tuple[ConcernMark, ...]:
    """The concern of a self-check that advises a clinician (section C, diastasis self-check)."""
    if result.urgency == Urgency.NONE:
        return ()
    return (ConcernMark(ConcernCode.SELF_CHECK, result.urgency, tuple(result.advice)),)


def comment_concern(red_flags: tuple[str, ...]) -> ConcernMark:
    """The concern of words said in public that match these signs of an emergency, at least one.

    Source: the emergency answers of the screening, from which the signs are taken (section B).
    """
    code = ConcernCode.COMMENT_SELF_HARM if "self_harm" in red_flags else ConcernCode.COMMENT_EMERGENCY
    return ConcernMark(code, Urgency.EMERGENCY, red_flags)


def words_concern(red_flags: tuple[str, ...]) -> ConcernMark:
    """The concern of words typed elsewhere, such as in the note of a report: as of a comment."""
    code = ConcernCode.WORDS_SELF_HARM if "self_harm" in red_flags else ConcernCode.WORDS_EMERGENCY
    return ConcernMark(code, Urgency.EMERGENCY, red_flags)
