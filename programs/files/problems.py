"""Errors in content files, as people read them."""

from __future__ import annotations

from typing import NamedTuple

from .documents import Place


class FileProblem(NamedTuple):
    """One thing to correct in the files; `line` is 0 if it concerns a file or folder as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class BrokenContent(ValueError):
    """The content files are invalid; `problems` lists every problem by file and line."""

    def __init__(self, problems: list[FileProblem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def with_place(place: Place, reason: str) -> str:
    """Return the reason with its path in front, list items counted from 1."""
    path = " › ".join(str(part + 1) if isinstance(part, int) else part for part in place)
    return f"{path}: {reason}" if path else reason
