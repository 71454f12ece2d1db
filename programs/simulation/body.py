"""How a virtual member feels from day to day, in the answers of the check-ins and of the screening."""

from __future__ import annotations

from random import Random
from typing import Any

from programs.rules.red_flags import SIGNS
from programs.simulation.mothers import CLEAR, Kind, Mother

WELL_BEFORE = {
    "redFlags": [], "mood": "ok", "pain": 0, "heaviness": 0, "leak": 0, "bowelLeak": False, "bleeding": "none",
    "scar": "na", "energy": 0, "sleep": "gt6",
}  # fmt: skip
WELL_AFTER = {
    "redFlags": [], "painMax": 1, "heaviness": 0, "leak": 0, "bowelLeak": False, "doming": "none",
    "pfRelease": "yes", "effort": 5, "bleeding": "none", "scar": "na",
}  # fmt: skip
BAD_DAYS = {
    Kind.WELL: 0.01,
    Kind.STEADY: 0.03,
    Kind.CHANGING: 0.12,
    Kind.FAILING: 0.4,
}  # the chance of each day

# What a rare finding answers, for as many days as it lasts, and the chance of each day.
RARE: tuple[tuple[float, dict[str, Any]], ...] = (
    (0.0006, {"mood": "not_safe"}), (0.002, {"mood": "thoughts_supported"}), (0.02, {"mood": "low"}),
    (0.002, {"bleeding": "more"}), (0.0004, {"bleeding": "heavy"}), (0.0006, {"bowelLeak": True}),
    (0.0008, {"heaviness": 3}), (0.001, {"leak": 3}), (0.001, {"scar": "worse"}), (0.001, {"pain": 7, "painMax": 8}),
    (0.004, {"pfRelease": "no"}), (0.006, {"doming": "kept"}), (0.03, {"energy": 2, "sleep": "lt4"}),
)  # fmt: skip
SIGN_A_DAY = 0.003


class Body:
    """The body of one member: bad days of one to five, and rare findings, over what is usual for it."""

    def __init__(self, mother: Mother, rng: Random) -> None:
        self.mother, self.rng = mother, rng
        self.bad_days = self.rare_days = 0
        self.bad: dict[str, Any] = {}
        self.rare: dict[str, Any] = {}

    def wake(self) -> None:
        """Go on to the next day."""
        self.bad_days, self.rare_days = max(0, self.bad_days - 1), max(0, self.rare_days - 1)
        if not self.bad_days and self.rng.random() < BAD_DAYS[self.mother.kind]:
            self.bad_days, self.bad = self.rng.randint(1, 5), self._episode()
        if not self.rare_days and (found := self._rare()):
            self.rare_days, self.rare = self.rng.randint(1, 3), found

    def before(self, last_response: str) -> dict[str, Any]:
        """Return the answers of a check before a session."""
        return WELL_BEFORE | self._now(WELL_BEFORE) | {"lastResponse": last_response}

    def after(self) -> dict[str, Any]:
        """Return the answers of a check after a session."""
        return WELL_AFTER | self._now(WELL_AFTER)

    @property
    def last_response(self) -> str:
        """How the body answers the question about the day after the last session."""
        return self.bad.get("lastResponse", "same_or_better") if self.bad_days else "same_or_better"

    def screening(self, **about_birth: Any) -> dict[str, Any]:
        """Return the answers of a screening today: the member's own, without what a clinician has seen to since."""
        answers = CLEAR | self.mother.answers
        for question in ("now", "today", "unreal", "bleeding", "wound"):
            answers[question] = CLEAR[question]
        if answers["self_safety"] != "no":
            answers["self_safety"] = "yes_supported"
        for question, wait, checked in CHECKED:
            if answers[question] == wait:
                answers[question] = checked
        return answers | about_birth

    def _now(self, asked: dict[str, Any]) -> dict[str, Any]:
        felt = dict(self.mother.steady)
        felt |= self.bad if self.bad_days else {}
        felt |= self.rare if self.rare_days else {}
        return {name: answer for name, answer in felt.items() if name in asked}

    def _episode(self) -> dict[str, Any]:
        level = self.rng.randint(1, 3)
        pain = 3 + level
        return self.rng.choice(
            (
                {"pain": pain - 1, "painMax": pain, "lastResponse": "worse_still"},
                {"heaviness": min(2, level)},
                {"leak": min(2, level)},
                {"lastResponse": "worse_settled"},
                {"pain": pain, "painMax": pain + 1, "heaviness": 1, "effort": 9},
            )
        )

    def _rare(self) -> dict[str, Any]:
        if self.rng.random() < SIGN_A_DAY:
            return {"redFlags": [self.rng.choice(sorted(SIGNS))]}
        drawn = self.rng.random()
        for chance, found in RARE:
            if drawn < chance:
                return found
            drawn -= chance
        return {}


# Answers that wait for a clinician, and the answer once one has seen to it.
CHECKED: tuple[tuple[str, Any, Any], ...] = (
    ("tear", "oasi_wait", "oasi_ok"), ("tear", "unsure", "minor"), ("clearance", "told_wait", "ok"),
    ("bladder", "leak_lots", "leak_lots_ok"), ("bladder", "burning", "fine"), ("bowel", "stool", "stool_ok"),
    ("heaviness", "bulge", "bulge_ok"), ("tension", "severe", "severe_ok"), ("pain", "p7_10", "p7_10_ok"),
    ("pain", "leg_nerve", "p0_3"), ("belly", "lump", "no"), ("health", ["not_cleared"], ["cleared"]),
)  # fmt: skip
