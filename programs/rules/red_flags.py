"""Red flags: which sign belongs to which, how urgent it is, and what ends the lock it sets.

Source: evidence base, section B, "Red flags, urgency and when each ends", and section F, "The signs, asked in
five groups"; the codes in `sources` are those of its source list. What may lie behind a sign is left out on
purpose: nobody is shown a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .vocabulary import Urgency


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A finding that stops the program.

    `urgency` is that of its worst form. `sign_free_hours` is how long the sign must have been gone before
    the lock may end; `lock_ends` is the whole condition in the evidence base's words.
    """

    id: str
    name: str
    urgency: Urgency
    lock_ends: str
    sources: tuple[str, ...]
    sign_free_hours: int = 0


class SignSet(StrEnum):
    """What a sign of the check-in asks for: check-in data, flagSets."""

    EMERGENCY = "emergency"  # call the emergency number
    RIGHT_AWAY = "rightAway"  # pause, call a clinician now
    SAME_DAY = "urgent"  # pause, call today
    CHECK = "check"  # pause, be checked this week
    REST = "rest"  # rest and breathe, contact a clinician this week


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the check-in, the red flag it belongs to, and what this very sign asks for."""

    code: str
    red_flag: str
    set: SignSet


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs asked as one line; a "yes" opens them, and at least one of them is chosen then."""

    code: str
    signs: tuple[Sign, ...]


_E, _N, _D, _R = Urgency.EMERGENCY, Urgency.RIGHT_AWAY, Urgency.SAME_DAY, Urgency.ROUTINE
_ASSESSED = "After emergency assessment and clinician OK"

RED_FLAGS: dict[str, RedFlag] = {
    flag.id: flag
    for flag in (
        RedFlag("RF01", "Chest pain", _E,
                "After emergency assessment and written or verbal OK from a clinician",
                ("CDC-HH", "AWHONN")),
        RedFlag("RF02", "Breathing trouble", _E, _ASSESSED,
                ("CDC-HH", "AWHONN", "NHS-DVT", "NEJM-VTE", "PPCM")),
        RedFlag("RF03", "Fainting or seizure", _E, _ASSESSED, ("CDC-HH", "AWHONN")),
        RedFlag("RF04", "Heavy or returning bleeding", _E,
                "Emergency: clinician OK. Heavier or red again: back to light for 48 hours and maternity "
                "team says OK", ("CDC-HH", "AWHONN", "NHS-LOCHIA", "CSEP25"), sign_free_hours=48),
        RedFlag("RF05", "Stroke signs", _E, _ASSESSED, ("CDC-HH",)),
        RedFlag("RF06", "Severe headache", _E, "Clinician OK and headache-free for 48 hours",
                ("CDC-HH", "AWHONN", "PE"), sign_free_hours=48),
        RedFlag("RF07", "Pre-eclampsia signs", _E,
                "Clinician confirms pressure is controlled and exercise is OK", ("CDC-HH", "PE")),
        RedFlag("RF08", "Saddle numbness or both-leg weakness", _E, _ASSESSED, ("CES",)),
        RedFlag("RF09", "Signs of a leg clot", _N, "Clot ruled out, or treatment started and clinician OK",
                ("CDC-HH", "AWHONN", "NHS-DVT", "NEJM-VTE", "STOPCLOT")),
        RedFlag("RF10", "Fever or feeling ill all over", _D,
                "Assessed, and 48 hours without fever or illness, or as advised",
                ("CDC-HH", "AWHONN"), sign_free_hours=48),
        RedFlag("RF11", "Wound infection or opening", _D, "Assessed, dry and closed, and clinician OK",
                ("AWHONN", "NHS-CS")),
        RedFlag("RF12", "Bad-smelling discharge", _D, "Assessed and treatment finished or clinician OK",
                ("CDC-HH", "NHS-LOCHIA")),
        RedFlag("RF13", "Severe belly pain", _D, "Assessed and clinician OK", ("CDC-HH", "DELPHI25")),
        RedFlag("RF14", "Cannot pass urine", _D, "Bladder empties normally again and clinician OK",
                ("CUH-UR", "RCPI-UR")),
        # "24 to 48 hours": the longer one, to be careful.
        RedFlag("RF15", "Breast infection signs", _D, "24 to 48 hours of feeling well on treatment",
                ("DELPHI25K",), sign_free_hours=48),
        RedFlag("RF16", "Severe vomiting", _D, "Eating and drinking normally for 24 hours and assessed",
                ("CDC-HH",), sign_free_hours=24),
        RedFlag("RF17", "Racing heart", _D,
                "Assessed and clinician OK. With chest pain, breathlessness or faint: emergency",
                ("CDC-HH",)),
        RedFlag("RF18", "Overwhelming tiredness", _D, "Assessed and clinician OK", ("CDC-HH", "DELPHI25")),
        RedFlag("RF19", "Thoughts of self-harm or harming baby", _E,
                "At least 24 hours later, when she confirms that she is safe and supported and has spoken with "
                "a clinician, a crisis line or the therapist, and questions 3 and 4 are answered again (within "
                "14 days of the report, 'no' to question 3 is not taken; 'yes, and a clinician already knows' "
                "is). Breathing sessions stay open", ("CDC-HH", "AWHONN", "HRSA")),
        RedFlag("RF20", "Possible postpartum psychosis", _E, "After emergency care and clinician OK",
                ("APP", "NHS-PP")),
        RedFlag("RF21", "Dizziness", _D, "Assessed and clinician OK", ("ACOG804K", "DELPHI25")),
        RedFlag("RF22", "New bulge or organ at the opening", _R,
                "Pelvic health check done and plan agreed", ("NICE210", "NHS-POP")),
        RedFlag("RF23", "Stool leakage", _R, "Pelvic health or colorectal check done and plan agreed",
                ("NICE210", "OASI")),
        RedFlag("RF24", "Night pain, or sudden sharp back pain after little force", _R,
                "Assessed and clinician OK", ("LBPK",)),
        RedFlag("RF25", "Signs of sepsis", _E, _ASSESSED, ("NCT-SEPSIS", "NHS-SEPSIS")),
        RedFlag("RF26", "Weak or dragging foot", _D, "Assessed and clinician OK", ("NEUROK",)),
        RedFlag("RF27", "New lump at navel, groin or scar", _R, "Assessed and clinician OK", ("HERNIAK",)),
        RedFlag("RF28", "Burning when peeing", _R, "Treated or gone for 48 hours, or clinician OK",
                ("NCT-SEPSIS", "UTIK")),
    )
}  # fmt: skip

# Check-in data, groups: ordered by how often they matter.
SIGN_GROUPS: tuple[SignGroup, ...] = (
    SignGroup("ill", (
        Sign("fever", "RF10", SignSet.SAME_DAY),
        Sign("dizzy_now", "RF21", SignSet.REST),
        Sign("dizzy_persist", "RF21", SignSet.SAME_DAY),
        Sign("breast_ill", "RF15", SignSet.SAME_DAY),
        Sign("extreme_tired", "RF18", SignSet.SAME_DAY),
        Sign("vomiting", "RF16", SignSet.SAME_DAY),
        Sign("sepsis_signs", "RF25", SignSet.EMERGENCY),
        Sign("hallucination_confusion", "RF20", SignSet.EMERGENCY),
    )),
    SignGroup("bleed", (
        Sign("heavy_bleeding", "RF04", SignSet.EMERGENCY),
        Sign("bad_discharge", "RF12", SignSet.SAME_DAY),
        Sign("wound_infected", "RF11", SignSet.SAME_DAY),
        Sign("belly_severe", "RF13", SignSet.SAME_DAY),
        Sign("lump", "RF27", SignSet.CHECK),
    )),
    SignGroup("head", (
        Sign("headache_persist", "RF06", SignSet.SAME_DAY),
        Sign("preeclampsia_signs", "RF07", SignSet.RIGHT_AWAY),
        Sign("bp_high", "RF07", SignSet.SAME_DAY),
        Sign("worst_headache", "RF06", SignSet.EMERGENCY),
        Sign("bp_severe", "RF07", SignSet.EMERGENCY),
        Sign("stroke_signs", "RF05", SignSet.EMERGENCY),
    )),
    SignGroup("chest", (
        Sign("heart_racing", "RF17", SignSet.SAME_DAY),
        Sign("leg_clot", "RF09", SignSet.RIGHT_AWAY),
        Sign("chest_pain", "RF01", SignSet.EMERGENCY),
        Sign("breathless", "RF02", SignSet.EMERGENCY),
        Sign("faint_seizure", "RF03", SignSet.EMERGENCY),
        Sign("cough_blood", "RF02", SignSet.EMERGENCY),
        Sign("leg_clot_with_chest_signs", "RF09", SignSet.EMERGENCY),
    )),
    SignGroup("nerve", (
        Sign("burning_pee", "RF28", SignSet.CHECK),
        Sign("cannot_pee", "RF14", SignSet.SAME_DAY),
        Sign("leg_weak", "RF26", SignSet.SAME_DAY),
        Sign("saddle_numb", "RF08", SignSet.EMERGENCY),
    )),
)  # fmt: skip
SIGNS: dict[str, Sign] = {sign.code: sign for group in SIGN_GROUPS for sign in group.signs}


def _of(wanted: SignSet) -> tuple[str, ...]:
    return tuple(sign.code for sign in SIGNS.values() if sign.set == wanted)


EMERGENCY_SIGNS, RIGHT_AWAY_SIGNS = _of(SignSet.EMERGENCY), _of(SignSet.RIGHT_AWAY)
SAME_DAY_SIGNS, CHECK_SIGNS, REST_SIGNS = _of(SignSet.SAME_DAY), _of(SignSet.CHECK), _of(SignSet.REST)


def sign_free_hours(red_flags: Iterable[str]) -> int:
    """How many hours all of these red flags (by id) must have been gone before a lock may end."""
    return max((RED_FLAGS[flag].sign_free_hours for flag in red_flags), default=0)
