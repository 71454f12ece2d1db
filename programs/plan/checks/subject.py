"""What every check is given, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

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
        return f"{' › '.join(self._words())}: {self.reason}"

    def _words(self) -> list[str]:
        names = {
            "about": _("Program"),
            "phases": _("Phase"),
            "weeks": _("Week"),
            "exercises": _("Exercise"),
            "sessions": _("Session"),
        }
        count = 1 if self.where[0] == "about" else 2
        first = " ".join([names[self.where[0]], *map(str, self.where[1:count])])
        rest = self.where[count:]
        counted = [
            part + 1 if isinstance(part, int) and before != "doses" else part
            for before, part in zip(("", *rest), rest, strict=False)
        ]
        return [first, *map(str, counted)]


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


def no_exercise(slug: str) -> str:
    """The words for a slug that leads nowhere."""
    return _("there is no exercise “%(slug)s”") % {"slug": slug}
