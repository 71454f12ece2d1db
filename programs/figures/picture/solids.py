"""Boxes with soft corners in the room, as flat parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import cos, radians, sin

from ..rig.vectors import Vector
from .camera import Camera, Point
from .parts import Part, mean_depth
from .shapes import area


def box(camera: Camera, low: Vector, high: Vector, colour: str, soft: float = 2.0, tilt: float = 0) -> Part:
    """An upright box between two corners, turned by `tilt` degrees about the middle of its lower edge."""
    return hull(camera, _corners(low, high, soft, tilt), colour, soft)


def hull(camera: Camera, corners: Sequence[Vector], colour: str, soft: float = 2.0) -> Part:
    """What a solid with these corners looks like; its skin is `soft` outside them."""
    outline = _outline([camera.point(corner) for corner in corners])
    return Part("", colour, mean_depth(camera, *corners), area(*outline), soft=round(camera.size(2 * soft)))


def _corners(low: Vector, high: Vector, soft: float, tilt: float) -> list[Vector]:
    spans = [
        (a + soft, b - soft) if b - a > 2 * soft else ((a + b) / 2,) for a, b in zip(low, high, strict=True)
    ]
    middle, bottom = (low[0] + high[0]) / 2, low[1]
    c, s = cos(radians(tilt)), sin(radians(tilt))
    return [
        (middle + (x - middle) * c - (y - bottom) * s, bottom + (x - middle) * s + (y - bottom) * c, z)
        for x, y, z in product(*spans)
    ]


def _outline(points: Sequence[Point]) -> list[Point]:
    """The convex hull, in order."""
    ordered = sorted(set(points))
    return _half(ordered) + _half(ordered[::-1])


def _half(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 1e-6:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
