"""The outlines of rows of slices, and of rigid solids, which are drawn once for each way they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import cos, hypot, radians

from ..rig.body import Slice
from ..rig.flesh import Ring, Solid
from ..rig.vectors import Frame, Vector, add, cross, dot, length, minus, times, unit, vector
from .camera import Camera

# A slice as it is seen: its middle, the ways ahead and aside shortened by the look, and how far its skin is.
Seen = tuple[complex, complex, complex, float, float, float]
Look = tuple[int, int, int]
FINE = 256  # steps in which the way a solid is looked at is told apart
SHORT = 3.0  # units between two middles under which their own way tells nothing
UPRIGHT: Vector = (0.0, 1.0, 0.0)
AHEAD: Vector = (1.0, 0.0, 0.0)


def swept(row: Sequence[Seen], caps: tuple[float, float]) -> list[complex]:
    """The points that pull the outline of a row of slices, clockwise, its ends rounded off by `caps`."""
    last = len(row) - 1
    chord = row[last][0] - row[0][0]
    chord = chord / abs(chord) if abs(chord) > 1 else -1j
    left, right = [], []
    for here, (mid, ahead, aside, front, back, side) in enumerate(row):
        way = row[min(here + 1, last)][0] - row[max(here - 1, 0)][0]
        way = way / abs(way) if abs(way) > SHORT else chord
        x, y = way.imag, -way.real
        forward, sideways = x * ahead.real + y * ahead.imag, side * (x * aside.real + y * aside.imag)
        left.append(mid + complex(x, y) * hypot((front if forward > 0 else back) * forward, sideways))
        right.append(mid - complex(x, y) * hypot((back if forward > 0 else front) * forward, sideways))
    first = _cap(right[0], left[0], -caps[0] * chord)
    final = _cap(left[-1], right[-1], caps[1] * chord)
    return [*first, *left, *final, *right[::-1]]


def _cap(a: complex, b: complex, out: complex) -> tuple[complex, complex]:
    out *= abs(b - a) / 2
    return a + (b - a) * 0.18 + out, a + (b - a) * 0.82 + out


def trunk_row(slices: Iterable[Slice], camera: Camera) -> list[Seen]:
    """Slices of the trunk as they are seen, in the picture's units."""
    scale = camera.scale
    return [
        (
            camera.spot(part.center),
            camera.way(part.frame.front),
            camera.way(part.frame.near),
            part.front * scale,
            part.back * scale,
            part.side * scale,
        )
        for part in slices
    ]


def standing(
    origin: Vector, frame: Frame, camera: Camera, look: Look | None = None
) -> tuple[complex, complex, Look]:
    """Where the origin of a rigid part is in the picture, how it is turned and sized there, and how it is looked at.

    What is rigid has one form for each way it is looked at; upright is the way to its `up`, or where that points
    at us, to its `front`.
    """
    look = look or seen_from(frame, camera)
    stem = frame.front if abs(look[1]) > 0.95 * FINE else frame.up
    way = camera.way(stem)
    return camera.spot(origin), camera.scale * 1j * way / abs(way), look


def seen_from(frame: Frame, camera: Camera) -> Look:
    """Where we are, from a rigid part's point of view."""
    return _look(frame.inward(camera.towards))


def _look(towards: Vector) -> Look:
    x, y, z = (round(part * FINE) for part in towards)
    return (x, y, z)


def steady(looks: Iterable[Look], widest: float) -> Look | None:
    """One look that stands for all where none is more than `widest` degrees from it; None where one is."""
    looks = set(looks)
    middle = vector(map(sum, zip(*looks, strict=True)))
    if length(middle) < FINE / 2:
        return None  # they are opposite to each other
    middle, least = unit(middle), cos(radians(widest)) * FINE
    if min(dot(look, middle) for look in looks) < least:
        return None
    return _look(middle)


@cache
def canonical(solid: Solid, look: Look) -> tuple[complex, ...]:
    """A solid's outline about its origin, upright, in units of the body."""
    eye = Eye(look)
    return tuple(swept([eye.ring(ring) for ring in solid.rings], solid.caps))


class Eye:
    """A look at a rigid part in its own frame, from where `look` points, its stem upright."""

    def __init__(self, look: Look):
        self.towards = unit(vector(look))
        stem = AHEAD if abs(look[1]) > 0.95 * FINE else UPRIGHT
        self.up = unit(minus(stem, times(self.towards, dot(stem, self.towards))))
        self.right = cross(self.up, self.towards)

    def point(self, place: Vector) -> complex:
        """A place of the part."""
        return complex(dot(place, self.right), -dot(place, self.up))

    def ring(self, ring: Ring) -> Seen:
        """A ring as it is seen."""
        return (self.point(ring.center), self.point(ring.ahead), self.point(ring.aside), *ring[3:])


def on_frame(origin: Vector, frame: Frame, place: Vector) -> Vector:
    """A place of a rigid part, in space."""
    return add(origin, frame.outward(place))
