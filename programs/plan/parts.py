"""The parts of a plan. Their field names are the keys in a release's JSON, so a new field needs a default."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from common.unchanging import Unchanging
from programs.rules.prescribing import Dose, ExerciseFacts, Prescription, SafetyRule
from programs.rules.timeline import BLOCK_SETUP_SECONDS, SETUP_SECONDS, session_seconds, whole_minutes
from programs.rules.vocabulary import (
    Equipment,
    Focus,
    Mode,
    Position,
    SafetyAction,
    SafetyFlag,
    SessionKind,
    Weekday,
)

from .media import Photo, Recording, Video


@dataclass(frozen=True)
class About(Unchanging):
    """The texts and settings of the program as a whole.

    `cesarean_guidance` is for the member to read; `cesarean_rules` and `safety_flags` tell a clinician what the
    rules do. `no_baby_text` maps places in `cesarean_guidance` (cesarean_guidance/2) to replacement texts.
    """

    slug: str
    name: str
    audience: str
    subtitle: str = ""
    version: str = ""
    review_note: str = ""
    not_for: tuple[str, ...] = ()
    no_baby_note: str = ""
    no_baby_text: Mapping[str, str] = field(default_factory=dict)
    hours_between_sessions: int = 24
    suggested_days: tuple[Weekday, ...] = ()
    volume_note: str = ""
    cesarean_guidance: tuple[str, ...] = ()
    cesarean_rules: tuple[str, ...] = ()
    safety_flags: Mapping[SafetyFlag, str] = field(default_factory=dict)

    @cached_property
    def without_baby(self) -> About:
        """Return a copy with the texts for a member whose baby is not with them."""
        guidance = _replaced(self.cesarean_guidance, self.no_baby_text, "cesarean_guidance")
        return replace(self, cesarean_guidance=guidance)

    @property
    def places_of_text(self) -> frozenset[str]:
        """Return every valid key of `no_baby_text`."""
        return frozenset(_places(self.cesarean_guidance, "cesarean_guidance"))


@dataclass(frozen=True)
class PlannedMilestone:
    """A self-check at the end of a phase, with alternative texts by safety flag."""

    slug: str
    text: str
    text_by_flag: Mapping[SafetyFlag, str] = field(default_factory=dict)

    def text_for(self, flags: Collection[SafetyFlag]) -> str:
        """Return the text for a member with these safety flags."""
        special = [
            self.text_by_flag[flag] for flag in SafetyFlag if flag in flags and flag in self.text_by_flag
        ]
        return special[0] if special else self.text


@dataclass(frozen=True)
class PlannedPhase(Unchanging):
    """A block of weeks with one aim."""

    number: int
    slug: str
    name: str
    goal: str
    milestones: tuple[PlannedMilestone, ...] = ()


@dataclass(frozen=True)
class PlannedWeek(Unchanging):
    """Seven days with one theme. `phase` is the number of its phase.

    The education point may carry an article of this site (its title as it was when it was chosen) and a video.
    """

    number: int
    phase: int
    theme: str
    education: str
    theme_no_baby: str = ""
    education_no_baby: str = ""
    walking_minutes: int = 0
    walking_days: int = 0
    walking_note: str = ""
    article_slug: str = ""
    article_title: str = ""
    video: Video | None = None

    @cached_property
    def without_baby(self) -> PlannedWeek:
        """Return a copy with the texts for a member whose baby is not with them.

        What goes with another education point is left out: it may speak of the baby.
        """
        if self.education_no_baby:
            own = replace(
                self, education=self.education_no_baby, article_slug="", article_title="", video=None
            )
        else:
            own = self
        return replace(own, theme=self.theme_no_baby or self.theme)


@dataclass(frozen=True)
class PlannedSession(Unchanging):
    """One planned practice. `week` is None for the rest, early recovery and let-go practices."""

    key: str
    kind: SessionKind
    title: str
    week: int | None = None
    letter: str = ""
    use_when: str = ""
    note: str = ""
    walking_note: str = ""
    rounds_target: int = 1
    prescriptions: tuple[Prescription, ...] = ()
    opening_voice: Recording | None = None
    closing_voice: Recording | None = None

    @property
    def setup_seconds(self) -> int:
        """Return the seconds to get ready for each exercise, as `build_timeline` takes them."""
        return SETUP_SECONDS if self.kind == SessionKind.SESSION else BLOCK_SETUP_SECONDS

    @cached_property
    def seconds(self) -> int:
        """Return the duration in seconds as planned, before any adaptation."""
        return session_seconds(self.prescriptions, self.setup_seconds)

    @property
    def minutes(self) -> int:
        """Return the duration in whole minutes, rounded up."""
        return whole_minutes(self.seconds)

    @property
    def short_form(self) -> tuple[Prescription, ...]:
        """Return the prescriptions of the short form; empty if there is none."""
        return tuple(one for one in self.prescriptions if one.in_short_form)

    @property
    def short_form_minutes(self) -> int:
        """Return the duration of the short form in whole minutes, rounded up."""
        return whole_minutes(session_seconds(self.short_form, self.setup_seconds))


@dataclass(frozen=True)
class Caution:
    """What one safety flag does to an exercise, and the note for the member."""

    action: SafetyAction = SafetyAction.OK
    swap_to: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        SafetyRule(self.action, self.swap_to)  # raises ValueError for a swap without a target

    @property
    def rule(self) -> SafetyRule:
        """Return the part of it the rules need."""
        return SafetyRule(self.action, self.swap_to)


@dataclass(frozen=True)
class PlannedExercise(Unchanging):
    """A movement with its texts, cautions and neighbours (`easier_variant`, `harder_variant` are slugs).

    The harder variant is offered from `harder_from_phase` on (None: never), but not with a flag in
    `harder_never_with`.
    """

    slug: str
    name: str
    focus: Focus
    position: Position
    mode: Mode
    sides: int
    why: str
    steps: tuple[str, ...]
    inhale_cue: str
    exhale_cue: str
    equipment: tuple[Equipment, ...] = ()
    side_note: str = ""
    form_cues: tuple[str, ...] = ()
    common_mistake: str = ""
    easier_text: str = ""
    easier_variant: str | None = None
    harder_text: str = ""
    harder_variant: str | None = None
    harder_from_phase: int | None = None
    harder_never_with: tuple[SafetyFlag, ...] = ()
    harder_not_with_hypermobility: bool = False
    safety: Mapping[SafetyFlag, Caution] = field(default_factory=dict)
    doses: Mapping[int, Dose] = field(default_factory=dict)
    no_baby_text: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    figure: Mapping[str, object] = field(default_factory=dict)
    photo: Photo | None = None
    video: Video | None = None
    voice: Recording | None = None

    @cached_property
    def facts(self) -> ExerciseFacts:
        """Return the part of it the rules need."""
        safety = {flag: caution.rule for flag, caution in self.safety.items()}
        return ExerciseFacts(
            slug=self.slug,
            focus=self.focus,
            mode=self.mode,
            sides=self.sides,
            safety=safety,
            doses=self.doses,
            harder_from_phase=self.harder_from_phase,
            harder_never_with=frozenset(self.harder_never_with),
            harder_not_with_hypermobility=self.harder_not_with_hypermobility,
        )

    def caution(self, flag: SafetyFlag) -> str:
        """Return the note for a member with this safety flag, or ""."""
        return self.safety[flag].note if flag in self.safety else ""

    @cached_property
    def without_baby(self) -> PlannedExercise:
        """Return a copy with the texts for a member whose baby is not with them."""
        texts = self.no_baby_text
        return replace(
            self,
            why=texts.get("why", self.why),
            easier_text=texts.get("easier", self.easier_text),
            harder_text=texts.get("harder", self.harder_text),
            steps=_replaced(self.steps, texts, "steps"),
            form_cues=_replaced(self.form_cues, texts, "form_cues"),
            safety={
                flag: replace(caution, note=texts.get(f"safety/{flag}", caution.note))
                for flag, caution in self.safety.items()
            },
        )

    @property
    def places_of_text(self) -> frozenset[str]:
        """Return every valid key of `no_baby_text`: why, easier, harder, steps/1, form_cues/1, safety/doming …"""
        return frozenset(
            ["why", "easier", "harder"]
            + _places(self.steps, "steps")
            + _places(self.form_cues, "form_cues")
            + [f"safety/{flag}" for flag in self.safety]
        )


def _places(texts: tuple[str, ...], place: str) -> list[str]:
    return [f"{place}/{number}" for number in range(1, len(texts) + 1)]


def _replaced(texts: tuple[str, ...], replacements: Mapping[str, str], place: str) -> tuple[str, ...]:
    return tuple(replacements.get(f"{place}/{number}", text) for number, text in enumerate(texts, start=1))
