"""The words the rules speak. Values are the codes of the clinical data, so JSON, database and code agree."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter
from typing import Self


class AnswerError(ValueError):
    """An answer, or a fact derived from answers, that the rules cannot judge. Never read as "go".

    `field` names the question or fact, `problem` is "missing", "unknown" (not one of the allowed values)
    or "combined" ("none of these" given together with something). The message leaves the value out, so
    that no answer about someone's health reaches a log line.
    """

    def __init__(self, field: str, problem: str, value: object = None):
        self.field = field
        self.problem = problem
        self.value = value
        super().__init__(f"{field}: {problem}")


class Ranked(StrEnum):
    """Codes in the order they are written: each later one is more careful than those before it.

    `rank` is the place in the order, from 0 (mildest).
    """

    rank: int

    def __init__(self, _code: str) -> None:
        self.rank = len(type(self).__members__)  # of those before it

    @classmethod
    def worst(cls, codes: Iterable[Self]) -> Self:
        """The most careful of `codes`; the mildest code there is when `codes` is empty."""
        return max(codes, key=attrgetter("rank"), default=next(iter(cls)))


class Focus(StrEnum):
    """What an exercise trains. The clinical data say `mobility_posture` where we say `mobility`."""

    BREATHING = "breathing"
    PELVIC_FLOOR = "pelvic_floor"
    CORE = "core"
    GLUTES = "glutes"
    MOBILITY = "mobility"

    @classmethod
    def _missing_(cls, value: object) -> Focus | None:
        return cls.MOBILITY if value == "mobility_posture" else None


class Position(StrEnum):
    """The position an exercise is done in."""

    SUPINE_KNEES_BENT = "supine_knees_bent"
    SIDE_LYING = "side_lying"
    HANDS_KNEES = "hands_knees"
    SITTING = "sitting"
    KNEELING = "kneeling"
    HALF_KNEELING = "half_kneeling"
    STANDING = "standing"


class Equipment(StrEnum):
    """What an exercise needs at hand."""

    NONE = "none"
    PILLOW = "pillow"
    BAND = "band"
    CHAIR = "chair"


class Weekday(StrEnum):
    """A day suggested for sessions, Monday first, as the clinical data write it."""

    MONDAY = "Mon"
    TUESDAY = "Tue"
    WEDNESDAY = "Wed"
    THURSDAY = "Thu"
    FRIDAY = "Fri"
    SATURDAY = "Sat"
    SUNDAY = "Sun"


class Mode(StrEnum):
    """Whether an exercise is counted in repetitions or timed in seconds."""

    COUNTED = "counted"
    TIMED = "timed"


class SafetyFlag(StrEnum):
    """A finding that changes exercises, in the order in which swaps are looked for (adaptation.priority)."""

    PF_TENSION = "pf_tension"
    CESAREAN_LT_8W = "cesarean_lt_8w"
    HEAVINESS = "heaviness"
    PELVIC_PAIN = "pelvic_pain"
    DOMING = "doming"
    LEAKING = "leaking"


class SafetyAction(StrEnum):
    """What a safety flag does to an exercise."""

    OK = "ok"
    EASIER = "easier"
    SWAP = "swap"


class Variation(StrEnum):
    """Which version of an exercise is shown today."""

    NORMAL = "normal"
    EASIER = "easier"
    HARDER = "harder"


class BirthType(StrEnum):
    """How the birth went; of twins born in different ways, cesarean."""

    VAGINAL = "vaginal"
    ASSISTED = "assisted"
    CESAREAN = "cesarean"


class ClearedSymptom(StrEnum):
    """A symptom a clinician has checked and agreed to exercise with."""

    BULGE = "bulge"
    BOWEL_LEAK = "bowel_leak"
    LEAK3 = "leak3"
    PAIN7 = "pain7"
    BLEEDING = "bleeding"  # light bleeding or spotting after 8 weeks


class Disposition(Ranked):
    """Where the screening leads."""

    START = "start"
    START_MODIFIED = "start_modified"
    WAIT_CLINICIAN = "wait_clinician"
    URGENT_NOW = "urgent_now"


class Urgency(Ranked):
    """How soon a finding needs a clinician.

    Routine is 1 to 2 weeks, same_day today, right_away a call to a clinician now; emergency is the emergency number.
    """

    NONE = "none"
    ROUTINE = "routine"
    SAME_DAY = "same_day"
    RIGHT_AWAY = "right_away"
    EMERGENCY = "emergency"


class Outcome(Ranked):
    """What a check-in leads to."""

    GO = "go"
    EASIER = "easier"
    BREATHING_ONLY = "breathing_only"
    PAUSE_CLINICIAN = "pause_clinician"
    EMERGENCY = "emergency"


class ContactWithin(StrEnum):
    """By when a clinician should hear of it. No contact needed is None, rank 0; these rank 1 to 3."""

    THIS_WEEK = "this_week"
    TODAY = "today"
    NOW = "now"

    @property
    def rank(self) -> int:
        """1 for this week, 2 for today, 3 for now."""
        return list(ContactWithin).index(self) + 1

    @classmethod
    def soonest(cls, contacts: Iterable[ContactWithin | None]) -> ContactWithin | None:
        """The most urgent of `contacts`; None when none asks for contact."""
        asked = [contact for contact in contacts if contact]
        return max(asked, key=lambda contact: contact.rank, default=None)


class Advice(StrEnum):
    """Advice to the member, as a code: first block from check-ins, second from the weekly decision."""

    CALL_EMERGENCY = "CALL_EMERGENCY"
    CRISIS_SUPPORT = "CRISIS_SUPPORT"
    CALL_RIGHT_AWAY = "CALL_RIGHT_AWAY"
    CALL_TODAY = "CALL_TODAY"
    CALL_CLINICIAN = "CALL_CLINICIAN"
    SEE_PELVIC_PT = "SEE_PELVIC_PT"
    MOOD_SUPPORT = "MOOD_SUPPORT"
    MOOD_SEE_CLINICIAN = "MOOD_SEE_CLINICIAN"
    THOUGHTS_SUPPORT = "THOUGHTS_SUPPORT"
    REST_48H_BLEEDING = "REST_48H_BLEEDING"
    LIE_DOWN_REST = "LIE_DOWN_REST"
    DIZZY_TIP = "DIZZY_TIP"
    PAIN_TIPS = "PAIN_TIPS"
    REST_IS_OK = "REST_IS_OK"
    REST_DAYS_CHECK = "REST_DAYS_CHECK"
    STEP_BACK_HINT = "STEP_BACK_HINT"
    KNACK_TIP = "KNACK_TIP"
    SHORT_FORM_OK = "SHORT_FORM_OK"
    ADD_DOMING_FLAG = "ADD_DOMING_FLAG"
    DOMING_TIP = "DOMING_TIP"
    PF_RELAX_TRACK = "PF_RELAX_TRACK"
    LETGO_TIP = "LETGO_TIP"
    MAY_USE_HARDER = "MAY_USE_HARDER"

    LOCK_UNTIL_OK = "LOCK_UNTIL_OK"
    RESCREEN = "RESCREEN"
    RESCREEN_SHORT = "RESCREEN_SHORT"
    SYMPTOM_HOLD = "SYMPTOM_HOLD"
    FEW_SESSIONS = "FEW_SESSIONS"
    NO_REPORT = "NO_REPORT"
    MILESTONES = "MILESTONES"
    TIME_GATE = "TIME_GATE"
    WEEK_GATE = "WEEK_GATE"
    SYMPTOM_GATE = "SYMPTOM_GATE"
    GENTLE_TRACK = "GENTLE_TRACK"
    WHAT_NEXT = "WHAT_NEXT"


class DecisionOutcome(StrEnum):
    """What follows for the program, in the order in which the rules are tried."""

    PAUSE_REFER = "pause_refer"
    RESTART_PHASE = "restart_phase"
    STEP_BACK_PHASE = "step_back_phase"
    STEP_BACK_WEEK = "step_back_week"
    HOLD_WEEK = "hold_week"
    HOLD_GATE = "hold_gate"
    PROGRAM_COMPLETE = "program_complete"
    ADVANCE_PHASE = "advance_phase"
    ADVANCE_WEEK = "advance_week"


class StepKind(StrEnum):
    """What a step of the player is: getting ready, working, resting between sets, changing sides."""

    PREPARE = "prepare"
    WORK = "work"
    REST = "rest"
    SWITCH = "switch"


class SessionKind(StrEnum):
    """What a planned practice is for. Only a `session` belongs to the three of a week."""

    SESSION = "session"
    DAILY = "daily"
    REST = "rest"
    EARLY = "early"
    RELAXATION = "relaxation"


class CheckInKind(StrEnum):
    """When a check-in is made."""

    BEFORE = "before"
    AFTER = "after"
    NEXT_MORNING = "next_morning"


class EnrollmentState(StrEnum):
    """The state of an enrollment; the first two are open."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Situation(StrEnum):
    """A change in the member's life that stops the program until a new screening."""

    PREGNANT = "pregnant"
    LOSS = "loss"
    SURGERY = "surgery"
    OTHER = "other"
