"""Points, directions and frames in space, as plain tuples.

x points to the right of the side view, y up from the floor, z towards who looks at the side view.
Angles are degrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import acos, cos, radians, sin, sqrt
from typing import NamedTuple, TypeVar

Vector = tuple[float, float, float]
Mixed = TypeVar("Mixed", float, Vector)


def add(first: Sequence[float], *others: Sequence[float]) -> Vector:
    """The sum of all vectors."""
    x, y, z = first
    for vector in others:
        x, y, z = x + vector[0], y + vector[1], z + vector[2]
    return (x, y, z)


def minus(a: Sequence[float], b: Sequence[float]) -> Vector:
    """The way from b to a."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(vector: Sequence[float], factor: float) -> Vector:
    """The vector made `factor` times as long."""
    return (vector[0] * factor, vector[1] * factor, vector[2] * factor)


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector at right angles to both."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(vector: Sequence[float]) -> float:
    """How long the vector is."""
    return sqrt(dot(vector, vector))


def unit(vector: Vector) -> Vector:
    """The same direction, one long; ValueError where there is no direction."""
    size = length(vector)
    if size < 1e-9:
        raise ValueError("a vector without length has no direction")
    return times(vector, 1 / size)


def mix(a: Mixed, b: Mixed, share: float) -> Mixed:
    """A number or a vector, `share` of the way from a to b."""
    if isinstance(a, tuple):
        return add(a, times(minus(b, a), share))
    return a + (b - a) * share


def vector(numbers: Iterable[float]) -> Vector:
    """Three numbers as a vector; ValueError where they are not three."""
    x, y, z = numbers
    return (x, y, z)


def swing(a: Vector, b: Vector, share: float) -> Vector:
    """The direction `share` of the way from a to b, along the arc between them."""
    angle = acos(max(-1.0, min(1.0, dot(a, b))))
    if angle < 1e-4:
        return b
    return unit(add(times(a, sin((1 - share) * angle)), times(b, sin(share * angle))))


class Frame(NamedTuple):
    """Where front, up and near (the right-hand side) of a body part point."""

    front: Vector = (1.0, 0.0, 0.0)
    up: Vector = (0.0, 1.0, 0.0)
    near: Vector = (0.0, 0.0, 1.0)

    def outward(self, local: Sequence[float]) -> Vector:
        """A direction given as (front, up, near), in space."""
        return add(times(self.front, local[0]), times(self.up, local[1]), times(self.near, local[2]))

    def inward(self, vector: Vector) -> Vector:
        """A direction in space as (front, up, near)."""
        return (dot(vector, self.front), dot(vector, self.up), dot(vector, self.near))

    def turned(self, *, bend: float = 0, twist: float = 0, side: float = 0) -> Frame:
        """This frame turned in itself: front towards up, then front towards near, then up towards near."""
        turned = self
        if bend:
            c, s = cos(radians(bend)), sin(radians(bend))
            turned = Frame(
                add(times(turned.front, c), times(turned.up, s)),
                add(times(turned.up, c), times(turned.front, -s)),
                turned.near,
            )
        if twist:
            c, s = cos(radians(twist)), sin(radians(twist))
            turned = Frame(
                add(times(turned.front, c), times(turned.near, s)),
                turned.up,
                add(times(turned.near, c), times(turned.front, -s)),
            )
        if side:
            c, s = cos(radians(side)), sin(radians(side))
            turned = Frame(
                turned.front,
                add(times(turned.up, c), times(turned.near, s)),
                add(times(turned.near, c), times(turned.up, -s)),
            )
        return turned
