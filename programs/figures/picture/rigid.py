"""Flat shapes that only turn and travel: finding them, and the point about which they move least."""

from __future__ import annotations

from cmath import exp, phase, rect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import degrees, radians

STILL = 0.3  # picture units nobody sees
Outline = Sequence[complex]  # the points of a shape at one moment


@dataclass(frozen=True)
class Travel:
    """How a shape moves: a pivot on its first outline, and where that is and how far turned over time."""

    pivot: complex
    places: list[complex]
    angles: list[float]  # degrees, clockwise in the picture

    @cached_property
    def turns(self) -> list[complex]:
        """The angles as numbers of length one."""
        return [rect(1, radians(angle)) for angle in self.angles]

    def undone(self, place: complex, here: int) -> complex:
        """A place of the moment `here`, told from the pivot as if the shape had not turned."""
        return (place - self.places[here]) * self.turns[here].conjugate()

    def about(self, pivot: complex) -> Travel:
        """The same motion, told about another pivot."""
        way = pivot - self.pivot
        places = [place + turn * way for place, turn in zip(self.places, self.turns, strict=True)]
        return Travel(pivot, places, self.angles)

    def carries(self, outlines: Sequence[Outline], close: float) -> bool:
        """Whether other outlines move likewise, within `close`."""
        spokes = [point - self.pivot for point in outlines[0]]
        for outline, place, turn in zip(outlines, self.places, self.turns, strict=True):
            if any(abs(place + turn * a - b) > close for a, b in zip(spokes, outline, strict=True)):
                return False
        return True


def travel(outlines: Sequence[Outline]) -> Travel:
    """The rigid motion that carries the first outline best to all others."""
    return _told(outlines[0], list(_motions(outlines)))


def close_travel(outlines: Sequence[Outline], close: float) -> Travel | None:
    """The same motion; None where it leaves a point farther than `close` from its place."""
    first, motions = outlines[0], []
    for outline, (turn, shift) in zip(outlines, _motions(outlines), strict=True):
        if any(abs(turn * a + shift - b) > close for a, b in zip(first, outline, strict=True)):
            return None
        motions.append((turn, shift))
    return _told(first, motions)


def _motions(outlines: Sequence[Outline]) -> Iterator[tuple[complex, complex]]:
    """How the first outline is turned about the origin, then shifted, to come nearest to each."""
    first = outlines[0]
    middle = _middle(first)
    if all(outline is first or _stays(first, outline) for outline in outlines):
        yield from [(1 + 0j, 0j)] * len(outlines)
        return
    spokes = [(point - middle).conjugate() for point in first]
    for outline in outlines:
        there = _middle(outline)
        turn = _turn(spokes, outline, there)
        yield turn, there - turn * middle


def _told(first: Outline, motions: Sequence[tuple[complex, complex]]) -> Travel:
    """The motions about the point that moves least."""
    turns, shifts = zip(*motions, strict=True)
    pivot = _pivot(turns, shifts, _middle(first))
    places = [turn * pivot + shift for turn, shift in motions]
    return Travel(pivot, places, _angles(turns))


def _stays(first: Outline, other: Outline) -> bool:
    """Whether an outline is where the first one is."""
    return all(abs(a - b) < STILL for a, b in zip(first, other, strict=True))


def _middle(outline: Outline) -> complex:
    return sum(outline) / len(outline)


def _turn(spokes: Outline, other: Outline, there: complex) -> complex:
    """The turn, as a number of length one, that fits the other outline best.

    `spokes` are the mirrored ways from the middle of the first to its points, `there` is the middle of the other.
    """
    pull = sum((b - there) * spoke for spoke, b in zip(spokes, other, strict=True))
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
