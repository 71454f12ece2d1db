"""Flat shapes that only turn and travel: finding them, and the point about which they move least."""

from __future__ import annotations

from cmath import exp, phase, rect
from collections.abc import Sequence
from dataclasses import dataclass
from math import degrees, radians

Outline = Sequence[complex]  # the points of a shape at one moment


@dataclass(frozen=True)
class Travel:
    """How a shape moves: a pivot on its first outline, and where that is and how far turned over time."""

    pivot: complex
    places: list[complex]
    angles: list[float]  # degrees, clockwise in the picture

    def about(self, pivot: complex) -> Travel:
        """The same motion, told about another pivot."""
        way = pivot - self.pivot
        turns = (rect(1, radians(angle)) for angle in self.angles)
        return Travel(
            pivot, [place + turn * way for place, turn in zip(self.places, turns, strict=True)], self.angles
        )


def travel(outlines: Sequence[Outline], close: float) -> Travel | None:
    """The rigid motion that carries the first outline to all others within `close`; None where none does."""
    first = _middle(outlines[0])
    turns = [_turn(outlines[0], outline) for outline in outlines]
    shifts = [_middle(outline) - turn * first for turn, outline in zip(turns, outlines, strict=True)]
    for turn, shift, outline in zip(turns, shifts, outlines, strict=True):
        if any(abs(turn * a + shift - b) > close for a, b in zip(outlines[0], outline, strict=True)):
            return None
    pivot = _pivot(turns, shifts, first)
    return Travel(
        pivot, [turn * pivot + shift for turn, shift in zip(turns, shifts, strict=True)], _angles(turns)
    )


def _middle(outline: Outline) -> complex:
    return sum(outline) / len(outline)


def _turn(first: Outline, other: Outline) -> complex:
    """The turn, as a number of length one, that fits the other outline best."""
    here, there = _middle(first), _middle(other)
    pull = sum((b - there) * (a - here).conjugate() for a, b in zip(first, other, strict=True))
    return pull / abs(pull) if abs(pull) > 1e-6 else 1 + 0j


def _pivot(turns: Sequence[complex], shifts: Sequence[complex], middle: complex) -> complex:
    """The point of the first outline that stays nearest to one place, or the middle where it hardly turns."""
    turn, shift = _middle(turns), _middle(shifts)
    spread = sum(abs(one - turn) ** 2 for one in turns)
    if spread < 1e-3:
        return middle
    pulls = ((one - turn).conjugate() * (shift - other) for one, other in zip(turns, shifts, strict=True))
    return sum(pulls) / spread


def _angles(turns: Sequence[complex]) -> list[float]:
    """Angles that go on past a half turn instead of leaping back."""
    angles, before = [], 0.0
    for turn in turns:
        before += phase(turn * exp(-1j * before))
        angles.append(degrees(before))
    return angles
