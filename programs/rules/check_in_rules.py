"""What a rule of the check-in says, and the facts it may look at beside today's answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from .answers import Choice, Facts, Field, Number, Several
from .conditions import Condition
from .red_flags import SIGNS
from .vocabulary import Advice, ClearedSymptom, ContactWithin, Outcome


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a decision table: when this holds, then that.

    `outcome` is None for rows that only advise. `group` names the body area of an "easier" row: three
    areas together mean rest. `red_flag` is the finding the row stands for, where it is always the same.
    The source of a row is its id in the check-in data; evidence base, section F.
    """

    id: str
    outcome: Outcome | None
    when: Condition
    says: str
    contact: ContactWithin | None = None
    advice: tuple[Advice, ...] = ()
    group: str | None = None
    red_flag: str | None = None

    @property
    def is_symptom(self) -> bool:
        """Whether it counts for moving on: an outcome for another reason than tiredness, sleep or a break."""
        return self.outcome is not None and self.group not in NO_SYMPTOM_GROUPS

    @property
    def about(self) -> str:
        """What the row is about, for its words: its group, else the symptom it asks about first."""
        return self.group or _ABOUT.get(self.when.first_name, self.when.first_name)

    @property
    def source(self) -> str:
        """Where the row comes from."""
        return f"evidence base, section F, rule {self.id}"


NO_SYMPTOM_GROUPS = ("energy", "sleep", "break")  # section F, "Symptom rows"

# Facts that are another way to ask about a symptom.
_ABOUT = {
    "painMax": "pain",
    "painDelta": "pain",
    "heavyStreak": "heaviness",
    "bowelLeak": "bowel",
    "lastResponse": "response",
    "worseStillStreak": "response",
    "moodLowIn4": "mood",
    "pfRelease": "release",
    "easyStreak": "effort",
    "restDaysInRow": "energy",
    "redFlags": "sign",
}

# Fields that both check-ins ask, section F.
RED_FLAG_SIGNS = Several("redFlags", tuple(SIGNS))
HEAVINESS = Number("heaviness", 0, 3)
LEAK = Number("leak", 0, 3)
BLEEDING = Choice("bleeding", ("none", "same", "more", "heavy"))
SCAR = Choice("scar", ("na", "ok", "sore", "worse"))

_BASELINES = (Number("baselineLeak", 0, 3), Number("baselineHeaviness", 0, 3))
_WEEKS = Number("weeksPostpartum", 0)
_BLEEDING_MORE = Number("bleedingMoreStreak", 0)
_CLEARED = Several("clearedSymptoms", tuple(ClearedSymptom))


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual for one member: the leak and heaviness levels (0 to 3), and what a clinician agreed to."""

    leak: int = 0
    heaviness: int = 0
    cleared_symptoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeContext(Facts):
    """History that the before-check looks at, today counted in.

    `baseline_leak` is the leak level (0 to 3) when the current phase began; `baseline_heaviness` the heaviness
    (0 to 3) when a clinician agreed to exercise with the bulge, else when the phase began, 0 when not known;
    `days_since_last` whole days since the last finished session of the program, None when there is none;
    `weeks_postpartum` whole weeks; the streaks are check-ins in a row (bleeding more; heaviness 2 or 3; still
    worse the next day); `mood_low_in4` how many of the last four had low mood; `rest_days_in_row` days in a row
    that called for rest; `cleared_symptoms` what a clinician agreed to exercise with.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        *_BASELINES,
        Number("daysSinceLast", 0, optional=True),
        _WEEKS,
        _BLEEDING_MORE,
        Number("heavyStreak", 0),
        Number("worseStillStreak", 0),
        Number("moodLowIn4", 0, 4),
        Number("restDaysInRow", 0),
        _CLEARED,
    )

    baseline_leak: int
    baseline_heaviness: int
    days_since_last: int | None
    weeks_postpartum: int
    bleeding_more_streak: int
    heavy_streak: int
    worse_still_streak: int
    mood_low_in4: int
    rest_days_in_row: int
    cleared_symptoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterContext(Facts):
    """History that the after-check looks at, today counted in.

    `pain_before` is the pain (0 to 10) of this session's before-check; baselines, weeks and bleeding are as
    in BeforeContext; the other streaks are sessions in a row (could not let go; doming kept coming; effort 3 or
    less with outcome go).
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Number("painBefore", 0, 10),
        *_BASELINES,
        _WEEKS,
        _BLEEDING_MORE,
        Number("pfNoStreak", 0),
        Number("domingKeptStreak", 0),
        Number("easyStreak", 0),
        _CLEARED,
    )

    pain_before: int
    baseline_leak: int
    baseline_heaviness: int
    weeks_postpartum: int
    bleeding_more_streak: int
    pf_no_streak: int
    doming_kept_streak: int
    easy_streak: int
    cleared_symptoms: tuple[str, ...] = ()


def by_id(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rows under their ids."""
    return {rule.id: rule for rule in rules}
