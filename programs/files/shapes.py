"""The schema of the content files: field names are the keys there, without a trailing underscore."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from django.utils.translation import gettext as _

from programs.plan import About, Caution, PlannedMilestone
from programs.rules.prescribing import Dose, Tempo
from programs.rules.vocabulary import Equipment, Focus, Mode, Position, SafetyAction, SafetyFlag, SessionKind

PhaseNumber = NewType("PhaseNumber", int)


@dataclass(frozen=True)
class Breathing:
    """The breathing cues of a movement."""

    in_: str
    out: str


@dataclass(frozen=True)
class Neighbour:
    """An easier variant: its text, and the slug of an exercise if it is one."""

    text: str
    variant: str | None = None


@dataclass(frozen=True)
class Harder:
    """A harder variant: from which phase on it is offered (None: never), and with which flags it is not."""

    text: str
    variant: str | None = None
    from_phase: int | None = None
    never_with: tuple[SafetyFlag, ...] = ()
    not_with_hypermobility: bool = False


@dataclass(frozen=True)
class ExerciseFile:
    """exercises/<slug>.yaml"""

    name: str
    focus: Focus
    position: Position
    equipment: tuple[Equipment, ...]
    mode: Mode
    sides: int
    why: str
    steps: tuple[str, ...]
    breathing: Breathing
    form_cues: tuple[str, ...]
    common_mistake: str
    easier: Neighbour
    harder: Harder
    safety: Mapping[SafetyFlag, Caution]
    doses: Mapping[PhaseNumber, Dose]
    side_note: str = ""
    no_baby: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    figure: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PrescriptionFile:
    """One exercise in a session."""

    exercise: str
    sets: int
    rest_seconds: int
    reps: int | None = None
    seconds: int | None = None
    tempo: Tempo | None = None

    def __post_init__(self) -> None:
        self.dose()

    def dose(self) -> Dose:
        """Return its dose. Raise ValueError if the numbers make none."""
        return Dose(self.sets, self.reps, self.seconds, self.tempo, self.rest_seconds)


@dataclass(frozen=True)
class SessionFile:
    """One of a week's three sessions."""

    key: str
    title: str
    short_form: tuple[str, ...]
    exercises: tuple[PrescriptionFile, ...]
    note: str = ""


@dataclass(frozen=True)
class DailyFile:
    """A week's daily practice."""

    rounds_a_day: int
    exercises: tuple[PrescriptionFile, ...]
    note: str = ""


@dataclass(frozen=True)
class TrackFile:
    """sessions/<key>.yaml: a practice that belongs to no week."""

    kind: SessionKind
    title: str
    when: str
    exercises: tuple[PrescriptionFile, ...]
    rounds_a_day: int = 1
    note: str = ""
    walking_note: str = ""


@dataclass(frozen=True)
class Walking:
    """How much to walk."""

    minutes: int
    days: int
    note: str = ""


@dataclass(frozen=True)
class WeekTexts:
    """Replacement texts of a week for a member whose baby is not with them."""

    theme: str = ""
    education: str = ""


@dataclass(frozen=True)
class WeekFile:
    """weeks/<number>.yaml"""

    phase: int
    theme: str
    education: str
    walking: Walking
    daily_practice: DailyFile
    sessions: tuple[SessionFile, ...]
    no_baby: WeekTexts = WeekTexts()


@dataclass(frozen=True)
class PhaseFile:
    """One phase in program.yaml."""

    slug: str
    name: str
    goal: str
    milestones: tuple[PlannedMilestone, ...]


@dataclass(frozen=True, kw_only=True)
class ProgramFile(About):
    """program.yaml"""

    phases: tuple[PhaseFile, ...]


@dataclass(frozen=True)
class HelpLine:
    """A support line; `verified` means the number was seen in a public source, `checked_on` when it was last called."""

    name: str
    contact: str
    crisis_line: bool
    verified: bool
    safe_at_home: bool = False
    checked_on: date | None = None


@dataclass(frozen=True)
class HelpCountry:
    """help/<code>.yaml"""

    code: str
    name: str
    emergency: str
    non_emergency: str = ""
    checked_on: date | None = None
    non_emergency_checked_on: date | None = None
    lines: tuple[HelpLine, ...] = ()


def _tempo(text: str) -> Tempo:
    parts = [part.strip() for part in text.split("-")]
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        raise ValueError(_("a tempo is four numbers of seconds, lift-hold-lower-relax, such as 1-4-1-6"))
    return Tempo(*map(int, parts))


def _caution(text: str) -> Caution:
    if text != SafetyAction.OK:
        raise ValueError(_("only “ok” may stand alone; otherwise give action, note and, for a swap, swap_to"))
    return Caution()


def _phase_number(text: str) -> int:
    word, _space, number = text.partition(" ")
    if word != "phase" or not number.isdecimal():
        raise ValueError(_("should be “phase” and a number, such as “phase 1”"))
    return int(number)


FROM_TEXT = {Tempo: _tempo, Caution: _caution, PhaseNumber: _phase_number}
