"""Where we look from: places in space to points of the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians, sin

from ..rig.vectors import Vector, dot

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

UNDER = 0.3  # of the height left over
VIEWS: dict[str, tuple[float, float]] = {
    "side": (0, 0),
    "corner": (42, 14),  # between front and side, from a little above
    "front": (90, 14),
    "back": (-90, 14),
}


@dataclass(frozen=True)
class Camera:
    """A look without perspective: `yaw` walks around her from side (0) to front (90), `pitch` climbs."""

    yaw: float = 0
    pitch: float = 0
    scale: float = 1
    x: float = 0
    y: float = 0

    @cached_property
    def right(self) -> Vector:
        """The direction that is right in the picture."""
        return (cos(radians(self.yaw)), 0.0, -sin(radians(self.yaw)))

    @cached_property
    def up(self) -> Vector:
        """The direction that is up in the picture."""
        lean = -sin(radians(self.pitch))
        return (sin(radians(self.yaw)) * lean, cos(radians(self.pitch)), cos(radians(self.yaw)) * lean)

    @cached_property
    def towards(self) -> Vector:
        """The direction from the picture to the viewer."""
        level = cos(radians(self.pitch))
        return (sin(radians(self.yaw)) * level, sin(radians(self.pitch)), cos(radians(self.yaw)) * level)

    def point(self, place: Vector) -> Point:
        """The place in the picture, y downward."""
        (x, y, z), right, up = place, self.right, self.up  # `dot` written out: asked very often
        return (
            self.x + self.scale * (x * right[0] + y * right[1] + z * right[2]),
            self.y - self.scale * (x * up[0] + y * up[1] + z * up[2]),
        )

    def spot(self, place: Vector) -> complex:
        """The place in the picture as one number."""
        return complex(*self.point(place))

    def way(self, direction: Vector) -> complex:
        """A direction in the picture, shortened as it is seen."""
        return complex(dot(direction, self.right), -dot(direction, self.up))

    def size(self, radius: float) -> float:
        """A radius in the picture."""
        return self.scale * radius

    def depth(self, place: Vector) -> float:
        """How near to the viewer."""
        return dot(place, self.towards)

    def fitted(self, box: Box, panel: Box, largest: float) -> Camera:
        """This camera so that `box`, seen at scale 1, stands in the panel as large as it can, up to `largest`.

        Height that is left over is mostly above it.
        """
        wide, high = box[2] - box[0], box[3] - box[1]
        scale = min(largest, (panel[2] - panel[0]) / wide, (panel[3] - panel[1]) / high)
        x = (panel[0] + panel[2]) / 2 - scale * (box[0] + box[2]) / 2
        below = UNDER * (panel[3] - panel[1] - scale * high)
        return replace(self, scale=scale, x=x, y=panel[3] - below - scale * box[3])


def box_of(circles: Iterable[tuple[Point, float]]) -> Box:
    """The smallest box around circles given by middle and radius."""
    lefts, tops, rights, bottoms = zip(*((x - r, y - r, x + r, y + r) for (x, y), r in circles), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
