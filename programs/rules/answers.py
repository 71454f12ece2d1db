"""What counts as an answer. Anything else is an `AnswerError`, never a pass.

Answers and facts are named as in the clinical data (`painMax`, `clearedSymptoms`), so that worked
examples, stored rows and rules agree; Python attributes are the same names in snake_case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Protocol, Self

from .vocabulary import AnswerError


class Field(Protocol):
    """A named question or fact that knows its allowed values."""

    @property
    def name(self) -> str:
        """The name of the question in the clinical data."""

    def read(self, value: object) -> object:
        """Return the value in plain types. Raise AnswerError when it is missing or not allowed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of `codes`."""

    name: str
    codes: tuple[str, ...]

    def read(self, value: object) -> str:
        """The chosen code."""
        _require(self.name, value)
        if not isinstance(value, str) or value not in self.codes:
            raise AnswerError(self.name, "unknown", value)
        return str(value)


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of `codes`, none included, at most `most` of them, in the order given."""

    name: str
    codes: tuple[str, ...]
    most: int | None = None

    def read(self, value: object) -> tuple[str, ...]:
        """The chosen codes."""
        _require(self.name, value)
        if isinstance(value, str | Mapping) or not isinstance(value, Collection):
            raise AnswerError(self.name, "unknown", value)
        unknown = [one for one in value if not isinstance(one, str) or one not in self.codes]
        if unknown or (self.most is not None and len(value) > self.most):
            raise AnswerError(self.name, "unknown", unknown or value)
        return tuple(str(one) for one in value)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `low` to `high` (no upper end when None); `optional` ones may also be None."""

    name: str
    low: int
    high: int | None = None
    optional: bool = False

    def read(self, value: object) -> int | None:
        """The number."""
        if value is None and self.optional:
            return None
        _require(self.name, value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise AnswerError(self.name, "unknown", value)
        if value < self.low or (self.high is not None and value > self.high):
            raise AnswerError(self.name, "unknown", value)
        return value


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or False."""

    name: str

    def read(self, value: object) -> bool:
        """The answer."""
        _require(self.name, value)
        if not isinstance(value, bool):
            raise AnswerError(self.name, "unknown", value)
        return value


def read_answers(fields: Iterable[Field], answers: Mapping[str, object]) -> dict[str, Any]:
    """All of `fields` from `answers`; raises AnswerError for a missing, unknown or surplus one."""
    by_name = {field.name: field for field in fields}
    for name in answers:
        if name not in by_name:
            raise AnswerError(str(name), "unknown")
    for name in by_name:
        if name not in answers:
            raise AnswerError(name, "missing")
    return {name: field.read(answers[name]) for name, field in by_name.items()}


class Facts:
    """Base of the frozen dataclasses of facts: checked when made, and to and from the clinical names."""

    __slots__ = ()
    FIELDS: ClassVar[tuple[Field, ...]]

    def __post_init__(self) -> None:
        for field in self.FIELDS:
            attribute = _snake_case(field.name)
            object.__setattr__(self, attribute, field.read(getattr(self, attribute)))

    @classmethod
    def from_codes(cls, codes: Mapping[str, object]) -> Self:
        """The facts from their clinical names, as `codes()` stores them; raises AnswerError."""
        values = read_answers(cls.FIELDS, codes)
        return cls(**{_snake_case(name): value for name, value in values.items()})

    def codes(self) -> dict[str, Any]:
        """The facts under their clinical names, ready for JSON."""
        values = {field.name: getattr(self, _snake_case(field.name)) for field in self.FIELDS}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@cache
def _snake_case(name: str) -> str:
    return re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def _require(name: str, value: object) -> None:
    if value is None:
        raise AnswerError(name, "missing")
