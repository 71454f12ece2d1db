"""Doses, prescriptions and what the rules must know of an exercise. All times in whole seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .vocabulary import Focus, Mode, SafetyAction, SafetyFlag, Variation


@dataclass(frozen=True, slots=True)
class Tempo:
    """The seconds of one repetition."""

    lift: int
    hold: int
    lower: int
    relax: int

    @property
    def seconds(self) -> int:
        """How long one repetition takes."""
        return self.lift + self.hold + self.lower + self.relax


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of an exercise: sets of either `reps` at a `tempo` (counted) or of `seconds` (timed).

    Reps and seconds are per side. Raises ValueError when it is neither, or both, or empty.
    """

    sets: int
    reps: int | None
    seconds: int | None
    tempo: Tempo | None
    rest_seconds: int

    def __post_init__(self) -> None:
        if (self.reps is None) == (self.seconds is None):
            raise ValueError("a dose has either reps or seconds")
        if (self.reps is None) != (self.tempo is None):
            raise ValueError("a dose in reps has a tempo, a dose in seconds has none")
        if min(self.sets, self.reps or self.seconds or 0) < 1 or self.rest_seconds < 0:
            raise ValueError("a dose has at least one set of something, and no negative rest")

    @property
    def side_seconds(self) -> int:
        """How long one set on one side takes."""
        return (self.seconds or 0) if self.tempo is None else (self.reps or 0) * self.tempo.seconds


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """What one safety flag does to one exercise; `swap_to` (a slug) is there exactly when it swaps."""

    action: SafetyAction
    swap_to: str | None = None

    def __post_init__(self) -> None:
        if (self.action == SafetyAction.SWAP) != bool(self.swap_to):
            raise ValueError("a swap, and only a swap, names the exercise it swaps to")


_NO_RULE = SafetyRule(SafetyAction.OK)


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """What the rules must know of an exercise.

    Flags not in `safety` are ok; `doses` is keyed by phase, 1 to 4. The harder version is offered from
    `harder_from_phase` on (None: never), and not while one of `harder_never_with` is active.
    """

    slug: str
    focus: Focus
    mode: Mode
    sides: int
    safety: Mapping[SafetyFlag, SafetyRule] = field(default_factory=dict)
    doses: Mapping[int, Dose] = field(default_factory=dict)
    harder_from_phase: int | None = None
    harder_never_with: frozenset[SafetyFlag] = frozenset()
    harder_not_with_hypermobility: bool = False

    def rule_for(self, flag: SafetyFlag) -> SafetyRule:
        """What `flag` does to this exercise."""
        return self.safety.get(flag, _NO_RULE)

    @property
    def squeezes(self) -> bool:
        """Whether the exercise, done in full, has a pelvic floor squeeze as its main work."""
        relaxing = self.rule_for(SafetyFlag.PF_TENSION).action == SafetyAction.OK
        return self.focus == Focus.PELVIC_FLOOR and not relaxing


@dataclass(frozen=True, slots=True)
class Prescription:
    """One exercise (by slug) in a session, with its dose."""

    exercise: str
    dose: Dose
    sides: int = 1
    in_short_form: bool = False


OtherReason = Literal["cesarean_weeks", "gentle_track", "outcome"]
Because = SafetyFlag | OtherReason


@dataclass(frozen=True, slots=True)
class AdaptedPrescription:
    """A prescription as it is done today, and why.

    `prescription` holds the exercise and dose to do, already eased where `variation` says so.
    `swapped_from` is the slug first prescribed, None if it stayed. `because` names what changed it:
    safety flags in their priority order, then the other reasons in theirs; empty if nothing did.
    """

    prescription: Prescription
    variation: Variation = Variation.NORMAL
    swapped_from: str | None = None
    because: tuple[Because, ...] = ()
