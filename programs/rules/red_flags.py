"""Red flags: which sign belongs to which, how urgent it is, and what ends the lock it sets.

Source: evidence base, section B, "Red flags, urgency and when each ends"; the codes in `sources` are
those of its source list. What may lie behind a sign is left out on purpose: nobody is shown a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Sign:
    """An answer of the safety lists, its red flag, and how urgent this very sign is."""

    code: str
    red_flag: str
    urgency: Urgency


_E, _D, _R = Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.ROUTINE
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
        RedFlag("RF09", "Signs of a leg clot", _D, "Clot ruled out, or treatment started and clinician OK",
                ("CDC-HH", "AWHONN", "NHS-DVT", "NEJM-VTE", "STOPCLOT")),
        RedFlag("RF10", "Fever", _D, "Assessed, and 48 hours without fever or as advised",
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
                "When the person and a clinician agree they are safe and supported; breathing sessions "
                "stay open", ("CDC-HH", "AWHONN", "HRSA")),
        RedFlag("RF20", "Possible postpartum psychosis", _E, "After emergency care and clinician OK",
                ("APP", "NHS-PP")),
        RedFlag("RF21", "Dizziness that does not settle", _D, "Assessed and clinician OK",
                ("ACOG804K", "DELPHI25")),
        RedFlag("RF22", "New bulge or organ at the opening", _R,
                "Pelvic health check done and plan agreed", ("NICE210", "NHS-POP")),
        RedFlag("RF23", "Stool leakage", _R, "Pelvic health or colorectal check done and plan agreed",
                ("NICE210", "OASI")),
        RedFlag("RF24", "Night pain, or sudden sharp back pain after little force", _R,
                "Assessed and clinician OK", ("LBPK",)),
    )
}  # fmt: skip

# Check-in data, flagSets; section F, "Emergency set" and "Same-day set". In the order they are shown.
SIGNS: dict[str, Sign] = {
    sign.code: sign
    for sign in (
        Sign("chest_pain", "RF01", _E),
        Sign("breathless", "RF02", _E),
        Sign("cough_blood", "RF02", _E),
        Sign("faint_seizure", "RF03", _E),
        Sign("heavy_bleeding", "RF04", _E),
        Sign("stroke_signs", "RF05", _E),
        Sign("worst_headache", "RF06", _E),
        Sign("bp_severe", "RF07", _E),
        Sign("saddle_numb", "RF08", _E),
        Sign("hallucination_confusion", "RF20", _E),
        Sign("leg_clot_with_chest_signs", "RF09", _E),
        Sign("leg_clot", "RF09", _D),
        Sign("fever", "RF10", _D),
        Sign("wound_infected", "RF11", _D),
        Sign("bad_discharge", "RF12", _D),
        Sign("belly_severe", "RF13", _D),
        Sign("headache_persist", "RF06", _D),
        Sign("preeclampsia_signs", "RF07", _D),
        Sign("bp_high", "RF07", _D),
        Sign("cannot_pee", "RF14", _D),
        Sign("breast_ill", "RF15", _D),
        Sign("vomiting", "RF16", _D),
        Sign("heart_racing", "RF17", _D),
        Sign("extreme_tired", "RF18", _D),
        Sign("dizzy_persist", "RF21", _D),
    )
}

EMERGENCY_SIGNS = tuple(sign.code for sign in SIGNS.values() if sign.urgency == Urgency.EMERGENCY)
SAME_DAY_SIGNS = tuple(sign.code for sign in SIGNS.values() if sign.urgency == Urgency.SAME_DAY)


def sign_free_hours(red_flags: Iterable[str]) -> int:
    """How many hours all of these red flags (by id) must have been gone before a lock may end."""
    return max((RED_FLAGS[flag].sign_free_hours for flag in red_flags), default=0)
