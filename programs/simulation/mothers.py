"""Virtual members: their births, bodies and habits, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from programs.rules.screening import with_birth_facts

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati",
         "Pacific/Pago_Pago", "America/St_Johns")  # fmt: skip

CLEAR = {
    "now": ["none"], "today": ["none"], "self_safety": "no", "unreal": "no", "time_since_birth": "ge_84d",
    "birth_mode": "vaginal", "tear": "none", "clearance": "ok", "bleeding": "none", "bladder": "fine",
    "bowel": "fine", "heaviness": "none", "tension": "none", "pain": "p0_3", "belly": "no", "wound": "na",
    "health": ["none"], "mood": "rarely",
}  # fmt: skip

# How often each finding of the first screening occurs, question by question. Not epidemiology: rare ones are common
# here, so that a few hundred members meet them all.
FINDINGS: dict[str, tuple[tuple[float, Any], ...]] = {
    "now": ((0.01, ["chest_pain"]), (0.01, ["sepsis_signs"])),
    "today": ((0.02, ["fever"]), (0.02, ["dizzy_often"]), (0.01, ["leg_clot"])),
    "self_safety": ((0.03, "yes_supported"), (0.02, "yes_not_now"), (0.01, "yes_at_risk")),
    "unreal": ((0.005, "yes"),),
    "birth_mode": ((0.22, "cesarean"), (0.06, "vbac"), (0.07, "assisted"), (0.05, "assisted_ok")),
    "tear": ((0.25, "minor"), (0.04, "oasi_ok"), (0.04, "oasi_wait"), (0.04, "levator"), (0.05, "unsure")),
    "clearance": ((0.25, "not_yet_early"), (0.06, "ok_limits"), (0.03, "told_wait")),
    "bleeding": ((0.10, "lighter"), (0.02, "heavier"), (0.03, "after_8w_ok")),
    "bladder": ((0.20, "leak_some"), (0.04, "leak_lots"), (0.03, "leak_lots_ok"), (0.02, "burning")),
    "bowel": ((0.08, "strain"), (0.05, "gas"), (0.02, "stool"), (0.02, "stool_ok")),
    "heaviness": ((0.15, "mild"), (0.05, "strong"), (0.03, "pessary"), (0.03, "bulge_ok"), (0.03, "bulge")),
    "tension": ((0.10, "some"), (0.02, "severe"), (0.02, "severe_ok")),
    "pain": ((0.15, "p4_6"), (0.03, "p7_10"), (0.02, "p7_10_ok"), (0.01, "leg_nerve")),
    "belly": ((0.15, "dome"), (0.20, "unsure"), (0.01, "lump")),
    "wound": ((0.15, "mild"), (0.06, "sore"), (0.02, "open")),
    "health": ((0.06, ["anemia"]), (0.04, ["low_fuel"]), (0.05, ["hypermobile"]), (0.03, ["heart_bp_ok"]),
               (0.02, ["not_cleared"]), (0.05, ["cleared"])),
    "mood": ((0.2, "some"), (0.08, "most")),
}  # fmt: skip


class Kind(StrEnum):
    """How a body answers over the weeks."""

    WELL = "well"
    STEADY = "steady"  # one mild symptom that stays
    CHANGING = "changing"  # better and worse days
    FAILING = "failing"  # more bad days than good ones


# The mild, steady symptoms of version 2's reasons: answers that stay, of checks before and after a session.
STEADY_SYMPTOMS: tuple[dict[str, Any], ...] = (
    {"pain": 4, "painMax": 4}, {"heaviness": 1}, {"leak": 1}, {"scar": "sore"}, {"effort": 8}, {"doming": "fixed"},
)  # fmt: skip


@dataclass(frozen=True)
class Mother:
    """One virtual member.

    `diligence` and `reports` are the shares of planned sessions that are done and reported; `help_after_days` is how
    long a call to a clinician takes (None: nobody is ever asked). One that is `pushy` tries closed doors. `number`
    and the seed of the run make the same member again.
    """

    number: int
    kind: Kind
    zone: str
    days_since_birth: int
    answers: dict[str, Any]
    steady: dict[str, Any] = field(default_factory=dict)
    diligence: float = 0.9
    reports: float = 0.9
    help_after_days: int | None = 3
    is_pushy: bool = False


def mother(seed: int, number: int) -> Mother:
    """Return member `number` of the run with this seed."""
    rng = Random(f"{seed}:{number}")
    days = rng.choice((rng.randint(3, 13), rng.randint(14, 41), rng.randint(42, 83), rng.randint(84, 400)))
    kind = rng.choices(list(Kind), (45, 25, 20, 10))[0]
    return Mother(
        number=number,
        kind=kind,
        zone=rng.choice(ZONES),
        days_since_birth=days,
        answers=_screening(rng, days),
        steady=dict(rng.choice(STEADY_SYMPTOMS)) if kind == Kind.STEADY else {},
        diligence=rng.choice((0.95, 0.8, 0.5)),
        reports=rng.choice((1.0, 0.9, 0.4)),
        help_after_days=rng.choice((0, 1, 3, 3, 10, 10, None)),
        is_pushy=rng.random() < 0.25,
    )


def _screening(rng: Random, days: int) -> dict[str, Any]:
    answers: dict[str, Any] = dict(CLEAR)
    for question, findings in FINDINGS.items():
        options = [option for _share, option in findings]
        shares = [share for share, _option in findings]
        drawn = rng.choices([None, *options], [1 - sum(shares), *shares])[0]
        if drawn is not None:
            answers[question] = drawn
    return with_birth_facts(answers, days)
