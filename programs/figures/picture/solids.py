"""Boxes with soft corners in the room, as flat parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import cos, radians, sin

from ..rig.vectors import Vector
from ..women import Cloth
from .camera import Camera
from .parts import Part, mean_depth
from .shapes import area, hull

LINE = 4  # picture units of the line around a thing that has soft corners


def box(
    camera: Camera, low: Vector, high: Vector, cloth: Cloth, soft: float = 1.5, tilt: float = 0
) -> list[Part]:
    """An upright box between two corners, turned by `tilt` degrees about the middle of its lower edge."""
    return solid(camera, _corners(low, high, soft, tilt), cloth, soft)


def solid(camera: Camera, corners: Sequence[Vector], cloth: Cloth, soft: float = 1.5) -> list[Part]:
    """What a solid with these corners looks like; its skin is `soft` outside them. First its line, then it."""
    shape = area(*hull([camera.spot(corner) for corner in corners]))
    depth, wide = mean_depth(camera, *corners), round(camera.size(2 * soft))
    return [
        Part("line", cloth.line, depth - 0.002, shape, cloth.line, rim=wide + LINE),
        Part("", cloth.near, depth, shape, cloth.near, rim=wide),
    ]


def at_depth(parts: list[Part], name: str, depth: float) -> list[Part]:
    """The parts of one thing named and put at a depth, in their order."""
    return [
        part._replace(name=f"{name} {part.name}", depth=depth + place * 0.001)
        for place, part in enumerate(parts)
    ]


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
