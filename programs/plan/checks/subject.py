"""The input and output types of every check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from programs.labels import label
from programs.rules.vocabulary import SafetyFlag

from ..parts import About, PlannedExercise
from ..whole import Plan

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str]]


class Remark(NamedTuple):
    """One thing to correct.

    `where` is the path of the part: ("about", …), ("phases", number, …), ("weeks", number, …),
    ("exercises", slug, …) or ("sessions", key, "prescriptions", position from 0, …).
    """

    where: Where
    reason: str

    def __str__(self) -> str:
        return f"{name_of(self.where)}: {self.reason}"


def name_of(where: Where) -> str:
    """Return a part's path for people, such as “Session w03-a › prescriptions › 2 › reps”."""
    names = {
        "about": _("Program"),
        "phases": _("Phase"),
        "weeks": _("Week"),
        "exercises": _("Exercise"),
        "sessions": _("Session"),
        "help": _("Country"),
    }
    own = 1 if where[0] == "about" else 2
    texts = [" ".join([names[str(where[0])], *map(str, where[1:own])])]
    for before, part in zip(where[own - 1 :], where[own:], strict=False):
        is_phase = before == "doses"  # a phase's number; any other number is a position from 0
        texts.append(str(part + 1 if isinstance(part, int) and not is_phase else part))
    return " › ".join(texts)


@dataclass(frozen=True)
class Subject:
    """A plan to check; `unread` names parts that exist but could not be read."""

    plan: Plan
    unread: frozenset[Where]

    def is_unread(self, *where: str | int) -> bool:
        """Return whether this part exists, but could not be read."""
        return where in self.unread

    def lacks_exercise(self, slug: str) -> bool:
        """Return whether there is no exercise with this slug, not even an unreadable one."""
        return slug not in self.plan.exercises and not self.is_unread("exercises", slug)

    def called(self, slug: str) -> str:
        """Return the name of an exercise; its slug where it could not be read."""
        exercise = self.plan.exercises.get(slug)
        return exercise.name if exercise else slug


def misplaced(part: About | PlannedExercise, where: Where) -> Found:
    """Yield a remark for each key of `no_baby_text` that is no place of a text of `part`, whose path is `where`."""
    for place in part.no_baby_text.keys() - part.places_of_text:
        reason = _("there is no text at “%(place)s” that these words could replace") % {"place": place}
        yield (*where, "no_baby_text", place), reason


def names_of(flags: Collection[SafetyFlag]) -> str:
    """Return safety flags as the desk names them, in the order of precedence, such as “Heaviness or dragging” + “Leaking”."""
    return " + ".join(f"“{label(flag)}”" for flag in SafetyFlag if flag in flags)


def no_exercise(slug: str) -> str:
    """Return the reason for a slug without an exercise."""
    return _("there is no exercise “%(slug)s”") % {"slug": slug}
