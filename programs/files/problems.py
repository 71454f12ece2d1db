"""What is wrong with content files, as a person is told."""

from __future__ import annotations

from typing import NamedTuple

from .documents import Place


class FileProblem(NamedTuple):
    """One thing to mend in the files; `line` is 0 for a file or folder that lacks something as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class BrokenContent(ValueError):
    """Content files that must not be loaded; `problems` names every one, in the order of files and lines."""

    def __init__(self, problems: list[FileProblem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def with_place(place: Place, reason: str) -> str:
    """The reason with the words that lead to its place, items of lists counted from 1."""
    words = " › ".join(str(part + 1) if isinstance(part, int) else part for part in place)
    return f"{words}: {reason}" if words else reason
