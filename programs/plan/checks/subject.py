"""What every check is given, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..parts import About, PlannedExercise
from ..whole import Plan

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str]]


class Remark(NamedTuple):
    """One thing to mend.

    `where` names the part: ("about", …), ("phases", number, …), ("weeks", number, …), ("exercises", slug, …)
    or ("sessions", key, "prescriptions", position from 0, …).
    """

    where: Where
    reason: str

    def __str__(self) -> str:
        return f"{name_of(self.where)}: {self.reason}"


def name_of(where: Where) -> str:
    """A part in a person's words, such as “Session w03-a › prescriptions › 2 › reps”."""
    names = {
        "about": _("Program"),
        "phases": _("Phase"),
        "weeks": _("Week"),
        "exercises": _("Exercise"),
        "sessions": _("Session"),
        "help": _("Country"),
    }
    own = 1 if where[0] == "about" else 2
    words = [" ".join([str(names[where[0]]), *map(str, where[1:own])])]
    for before, part in zip(where[own - 1 :], where[own:], strict=False):
        is_position = isinstance(part, int) and before != "doses"
        words.append(str(part + 1 if is_position else part))
    return " › ".join(words)


@dataclass(frozen=True)
class Subject:
    """A plan to check; `unread` names parts that exist but could not be read."""

    plan: Plan
    unread: frozenset[Where]

    def is_unread(self, *where: str | int) -> bool:
        """Whether this part exists, but could not be read."""
        return where in self.unread

    def lacks_exercise(self, slug: str) -> bool:
        """Whether there is no exercise with this slug, not even a broken one."""
        return slug not in self.plan.exercises and not self.is_unread("exercises", slug)


def misplaced(part: About | PlannedExercise, where: Where) -> Found:
    """Words for when the baby is not there that stand for no text of `part`, which is named `where`."""
    for place in part.no_baby_text.keys() - part.places_of_text:
        reason = _("there is no text at “%(place)s” that these words could replace") % {"place": place}
        yield (*where, "no_baby_text", place), reason


def no_exercise(slug: str) -> str:
    """The words for a slug that leads nowhere."""
    return _("there is no exercise “%(slug)s”") % {"slug": slug}
