"""Choose the drawing of an exercise for a viewer: which woman demonstrates it, and whether with a baby.

A member's choice of woman is in the database. Public pages read no account: there a cookie of the signed-in browser
says it, and a page that follows the cookie is marked as private.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from common.stored_files import KEY
from programs.figures import WOMEN, woman_of
from programs.figures.files import DRAWINGS, drawn_for, name_of
from programs.models import Exercise, Participant
from programs.plan import PlannedExercise

FOLDER = Path(settings.BASE_DIR) / "static" / "figures"
COOKIE = "figures"


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


def shown_in(request: HttpRequest) -> Shown:
    """Return the choice a public page follows: the woman in the cookie, and no baby."""
    woman = request.COOKIES.get(COOKIE, "")
    return Shown(woman if woman in WOMEN else "")


def mark_private(response: HttpResponse, shown: Shown) -> HttpResponse:
    """Keep a public page that follows a member's choice out of shared caches; return the response."""
    if shown != TO_EVERYONE:
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
    return response


def remember_woman(request: HttpRequest, response: HttpResponse, woman: str) -> HttpResponse:
    """Bring the cookie up to the member's choice ("" for alternating ones); return the response."""
    if woman == request.COOKIES.get(COOKIE, ""):
        return response
    if woman:
        response.set_cookie(
            COOKIE,
            woman,
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        forget_woman(response)
    return response


def forget_woman(response: HttpResponse) -> None:
    """Delete the cookie, at sign-out."""
    response.delete_cookie(COOKIE, samesite="Lax")


def addresses_of(exercise: PlannedExercise | Exercise, shown: Shown = TO_EVERYONE) -> Addresses:
    """Return the URLs of an exercise's drawings; they change whenever a drawing does."""
    figure = exercise.figure
    drawing = drawn_for(figure, woman_of(exercise.slug, figure), shown.woman, shown.with_baby)
    names = (name_of(exercise.slug, drawing, kind) for kind in ("moving", "still"))
    stored = str(figure.get(DRAWINGS, ""))
    return Addresses(
        *(_stored_address(stored, name) if KEY.fullmatch(stored) else _address(name) for name in names)
    )


def _stored_address(key: str, name: str) -> str:
    """Return the URL of a drawing of a figure changed at the desk."""
    folder, _, file = name.partition("/")
    return reverse("exercise_figure", args=[key, folder, file.removesuffix(".svg")])


def _address(name: str) -> str:
    return static(f"figures/{name}") if name in _drawn() else ""


@cache
def _drawn() -> frozenset[str]:
    """Return the names of all drawings that exist; an exercise new in the admin has none yet."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.svg"))
