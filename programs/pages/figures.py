"""Choose the drawing of an exercise for a viewer: which woman demonstrates it, and whether with a baby."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from programs.figures import woman_of
from programs.figures.files import drawn_for, name_of
from programs.models import Exercise, Participant
from programs.plan import PlannedExercise

FOLDER = Path(settings.BASE_DIR) / "static" / "figures"


@dataclass(frozen=True)
class Shown:
    """The viewer's choices: the woman ("" for alternating ones), and whether a baby may be shown.

    An unknown viewer is shown no baby, because it could be a mother whose baby is not with her.
    """

    woman: str = ""
    with_baby: bool = False


@dataclass(frozen=True)
class Addresses:
    """The URLs of the two drawings of an exercise; "" for none."""

    moving: str = ""
    still: str = ""


TO_EVERYONE = Shown()


def shown_to(participant: Participant) -> Shown:
    """Return the choices of a participant."""
    return Shown(participant.figure_woman, not participant.baby_not_with_me)


def addresses_of(exercise: PlannedExercise | Exercise, shown: Shown = TO_EVERYONE) -> Addresses:
    """Return the URLs of an exercise's drawings; with hashed static files they change whenever a drawing does."""
    drawing = drawn_for(
        exercise.figure, woman_of(exercise.slug, exercise.figure), shown.woman, shown.with_baby
    )
    return Addresses(*(_address(name_of(exercise.slug, drawing, kind)) for kind in ("moving", "still")))


def _address(name: str) -> str:
    return static(f"figures/{name}") if name in _drawn() else ""


@cache
def _drawn() -> frozenset[str]:
    """Return the names of all drawings that exist; an exercise new in the admin has none yet."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.svg"))
