"""Which drawing of an exercise someone is shown: who shows it, and whether a baby may be in it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from programs.figures import woman_of
from programs.figures.files import drawn_for, name_of

FOLDER = Path(settings.BASE_DIR) / "static" / "figures"


@dataclass(frozen=True)
class Shown:
    """What is known of who looks: the woman she chose, "" for by turns, and whether a baby may be shown.

    Someone unknown is shown no baby: she might be a mother whose baby is not with her.
    """

    woman: str = ""
    with_baby: bool = False


@dataclass(frozen=True)
class Addresses:
    """Where the two drawings of an exercise are; "" where there is none."""

    moving: str = ""
    still: str = ""


TO_EVERYONE = Shown()


def shown_to(participant) -> Shown:
    """What a participant's own pages show her."""
    return Shown(participant.figure_woman, not participant.baby_not_with_me)


def addresses_of(exercise, shown: Shown = TO_EVERYONE) -> Addresses:
    """The addresses of a PlannedExercise's drawings; they change with what is drawn, so they never grow old."""
    drawing = drawn_for(
        exercise.figure, woman_of(exercise.slug, exercise.figure), shown.woman, shown.with_baby
    )
    return Addresses(*(_address(name_of(exercise.slug, drawing, kind)) for kind in ("moving", "still")))


def _address(name: str) -> str:
    return static(f"figures/{name}") if name in _drawn() else ""


@cache
def _drawn() -> frozenset[str]:
    """The names of all drawings there are; an exercise new at the desk has none yet."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.svg"))
