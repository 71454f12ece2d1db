"""The words in which the rule tables say "when", so that a clinician can read a row aloud.

A condition is called with the facts (answers and history under their clinical names). A null fact makes
every comparison false. Source of the operators: evidence base, section F, "How to evaluate".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Known = Mapping[str, Any]


class Condition:
    """Something that is true or not of the facts; join two with `&` (both) or `|` (at least one)."""

    __slots__ = ()

    def __call__(self, facts: Known) -> bool:
        """Whether it holds."""
        raise NotImplementedError

    @property
    def first_name(self) -> str:
        """The fact it asks about first."""
        raise NotImplementedError

    def __and__(self, other: Condition) -> Condition:
        return Both(self, other)

    def __or__(self, other: Condition) -> Condition:
        return Either(self, other)


@dataclass(frozen=True, slots=True)
class Both(Condition):
    """Both hold."""

    one: Condition
    other: Condition

    @property
    def first_name(self) -> str:
        """The fact it asks about first."""
        return self.one.first_name

    def __call__(self, facts: Known) -> bool:
        return self.one(facts) and self.other(facts)


@dataclass(frozen=True, slots=True)
class Either(Condition):
    """At least one holds."""

    one: Condition
    other: Condition

    @property
    def first_name(self) -> str:
        """The fact it asks about first."""
        return self.one.first_name

    def __call__(self, facts: Known) -> bool:
        return self.one(facts) or self.other(facts)


@dataclass(frozen=True, slots=True)
class OneFact(Condition):
    """A condition on the fact `name`."""

    name: str

    @property
    def first_name(self) -> str:
        """The fact itself."""
        return self.name


@dataclass(frozen=True, slots=True)
class Is(OneFact):
    """The fact is exactly this (1 is not True)."""

    value: object

    def __call__(self, facts: Known) -> bool:
        return type(facts[self.name]) is type(self.value) and facts[self.name] == self.value


@dataclass(frozen=True, slots=True)
class IsNot(OneFact):
    """The fact is anything but this."""

    value: object

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] != self.value


@dataclass(frozen=True, slots=True)
class AtLeast(OneFact):
    """The number is `least` or more."""

    least: int

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] is not None and facts[self.name] >= self.least


@dataclass(frozen=True, slots=True)
class AtMost(OneFact):
    """The number is `most` or less."""

    most: int

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] is not None and facts[self.name] <= self.most


@dataclass(frozen=True, slots=True)
class Between(OneFact):
    """The number is from `least` to `most`, both included."""

    least: int
    most: int

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] is not None and self.least <= facts[self.name] <= self.most


@dataclass(frozen=True, slots=True)
class MoreThan(OneFact):
    """One number is above another."""

    other: str

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] > facts[self.other]


@dataclass(frozen=True, slots=True)
class NotMoreThan(OneFact):
    """One number is at most another."""

    other: str

    def __call__(self, facts: Known) -> bool:
        return facts[self.name] <= facts[self.other]


@dataclass(frozen=True, slots=True)
class HasAny(OneFact):
    """The list holds at least one of `codes`."""

    codes: tuple[str, ...]

    def __call__(self, facts: Known) -> bool:
        return any(code in facts[self.name] for code in self.codes)


@dataclass(frozen=True, slots=True)
class Holds(OneFact):
    """The list holds `code`."""

    code: str

    def __call__(self, facts: Known) -> bool:
        return self.code in facts[self.name]


@dataclass(frozen=True, slots=True)
class Lacks(OneFact):
    """The list does not hold `code`."""

    code: str

    def __call__(self, facts: Known) -> bool:
        return self.code not in facts[self.name]
