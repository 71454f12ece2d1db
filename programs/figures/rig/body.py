"""What a body is at one moment: the slices of its trunk, its limbs and its head, all in space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from . import anatomy
from .anatomy import USUAL, Build
from .vectors import Frame, Vector, add, cross, minus, mix, times, unit

LIMBS = ("near_arm", "far_arm", "near_leg", "far_leg")
DOWN: Vector = (0.0, -1.0, 0.0)


def sign(limb: str) -> int:
    """1 for the side near the viewer (her right), -1 for the far side."""
    return 1 if limb.startswith("near") else -1


class Slice(NamedTuple):
    """One level of a part: its middle, its frame, and how far the skin is in front, behind and beside.

    `rise` is how far it rounds off along the part.
    """

    center: Vector
    frame: Frame
    front: float
    back: float
    side: float
    rise: float = 0

    def reach(self, direction: Vector) -> float:
        """How far the skin goes from the middle in a direction."""
        forward, upward, sideways = self.frame.inward(direction)
        depth = self.front if forward > 0 else self.back
        return sqrt((depth * forward) ** 2 + (self.rise * upward) ** 2 + (self.side * sideways) ** 2)

    def skin(self, front: float, up: float, out: float) -> Vector:
        """A place on it: front and out as shares of the way to the skin, up in units."""
        depth = self.front if front > 0 else self.back
        return add(self.center, self.frame.outward((front * depth, up, out * self.side)))


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: its joints, where hand or foot points, and the axis elbow or knee turns about.

    `over` is across `tip`: of a foot up through the instep, of a hand the way to the thumb. `toes` is how far, in
    degrees, the toes of a foot stay bent up from it; `rests_on` names the leg a hand lies on.
    """

    root: Vector
    joint: Vector
    end: Vector
    tip: Vector
    hinge: Vector
    over: Vector
    grip: str = ""
    toes: float = 0
    rests_on: str = ""

    @property
    def fingers(self) -> Vector:
        """The middle of the finger tips."""
        return add(self.end, times(self.tip, anatomy.HAND))

    @property
    def palm(self) -> Vector:
        """The middle of the palm."""
        return add(self.end, times(self.tip, anatomy.PALM))

    @property
    def heel(self) -> Vector:
        """The middle of the heel."""
        return self._on_foot(anatomy.HEEL)

    @property
    def ball(self) -> Vector:
        """The middle of the ball of the foot."""
        return self._on_foot(anatomy.BALL)

    def _on_foot(self, place: tuple[float, float]) -> Vector:
        return add(self.end, times(self.tip, place[0]), times(self.over, place[1]))


@dataclass(frozen=True)
class Body:
    """Everything a drawing or a test needs to know of one moment."""

    pelvis: Vector
    slices: dict[str, Slice]
    shoulders: dict[str, Vector]
    limbs: dict[str, Limb]
    head: Vector
    head_frame: Frame
    build: Build = USUAL

    def on_head(self, front: float, up: float, out: float = 0.0) -> Vector:
        """A place given from the middle of the head."""
        return add(self.head, self.head_frame.outward((front, up, out)))

    def balls(self) -> Iterator[tuple[str, Vector, float]]:
        """Every round end of the body: its name, middle and radius."""
        yield "head", self.head, anatomy.HEAD_R
        yield "hair", self.on_head(*anatomy.BACK_OF_HEAD), anatomy.BACK_OF_HEAD_R + self.build.hair
        for name, limb in self.limbs.items():
            side, kind = name.split("_")
            if kind == "arm":
                yield f"{side}_elbow", limb.joint, anatomy.ELBOW_R
                yield f"{side}_wrist", limb.end, anatomy.WRIST_R
                yield f"{side}_fingers", limb.fingers, anatomy.FINGERS_R
            else:
                yield f"{side}_hip", limb.root, self.slices["hips"].side - anatomy.HIP_OUT
                yield f"{side}_knee", limb.joint, anatomy.KNEE_R
                yield f"{side}_heel", limb.heel, anatomy.HEEL_R
                yield f"{side}_ball", limb.ball, anatomy.BALL_R

    def heights(self) -> dict[str, float]:
        """How high over the floor the lowest point of every part is."""
        low = {name: center[1] - radius for name, center, radius in self.balls()}
        return low | {name: part.center[1] - part.reach(DOWN) for name, part in self.slices.items()}

    def spot(self, name: str, side: str) -> tuple[Vector, Vector, Vector]:
        """Where on trunk, head or leg a palm of one side rests, and where its fingers and its thumb then point.

        `side` is near or far, or the name of a limb of that side.
        """
        if name in anatomy.LEG_SPOTS:
            return self._on_leg(name, side)
        spot = anatomy.SPOTS[name]
        front, up, out = _sided(spot.place, side)
        if spot.level == "head":
            frame, place = self.head_frame, self.on_head(front, up, out)
        else:
            part = self.slices[spot.level]
            frame, place = part.frame, part.skin(front, up, out)
        fingers, thumb = (unit(frame.outward(_sided(way, side))) for way in (spot.fingers, spot.thumb))
        return place, fingers, thumb

    def _on_leg(self, name: str, side: str) -> tuple[Vector, Vector, Vector]:
        leg = self.limbs[f"{side.split('_')[0]}_leg"]
        share, over = anatomy.LEG_SPOTS[name]
        along = unit(minus(leg.joint, leg.root))
        place = add(mix(leg.root, leg.joint, share), times(cross(leg.hinge, along), over))
        return place, along, times(leg.hinge, -sign(side))


def _sided(place: Vector, side: str) -> Vector:
    """A place of one side, its last number counted outward."""
    return (place[0], place[1], place[2] * sign(side))
