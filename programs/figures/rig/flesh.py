"""The flesh on the bones: rigid solids as rows of slices, and where a body has them.

Joints keep their size in every build, so that what touches the floor goes on touching it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import cos, radians, sin
from typing import NamedTuple

from . import anatomy
from .anatomy import Build
from .body import DOWN, Body, Limb, sign
from .skin import (
    BENDS,
    FINGERS,
    FOOT,
    FOREARM,
    FULLEST,
    KNUCKLE,
    PALM,
    SHIN,
    SLEEVE,
    THIGH,
    THUMB,
    THUMB_BENDS,
    TOES,
    UPPER_ARM,
    Row,
)
from .vectors import Frame, Vector, add, cross, dot, minus, times, unit


class Ring(NamedTuple):
    """A slice of a solid, in the solid's own frame: its middle, the ways ahead and aside, how far its skin is."""

    center: Vector
    ahead: Vector
    aside: Vector
    front: float
    back: float
    side: float


class Solid(NamedTuple):
    """A rigid part: its rings from one end to the other, and how round its two ends are."""

    name: str
    rings: tuple[Ring, ...]
    caps: tuple[float, float] = (0.9, 0.9)


class Placed(NamedTuple):
    """A solid in space: where its origin is and how it is turned."""

    solid: Solid
    origin: Vector
    frame: Frame

    @property
    def lowest(self) -> float:
        """How high its lowest skin is."""
        down = self.frame.inward(DOWN)
        return min(self.origin[1] - dot(ring.center, down) - reach(ring, down) for ring in self.solid.rings)


def reach(ring: Ring, way: Vector) -> float:
    """How far a ring's skin goes in a direction of its solid's frame."""
    ahead, aside = dot(way, ring.ahead), dot(way, ring.aside)
    return (((ring.front if ahead > 0 else ring.back) * ahead) ** 2 + (ring.side * aside) ** 2) ** 0.5


def placed(body: Body, sleeve: float) -> dict[str, list[Placed]]:
    """The solids of every limb, from its root to its end; sleeves end at a share of the upper arm."""
    return {
        name: list(
            _arm(limb, name, body.build, sleeve) if name.endswith("arm") else _leg(limb, name, body.build)
        )
        for name, limb in body.limbs.items()
    }


def along(start: Vector, end: Vector, hinge: Vector) -> Frame:
    """The frame of a bone, its up pointing back to its root."""
    up = unit(minus(start, end))
    return Frame(cross(up, hinge), up, hinge)


def _leg(leg: Limb, name: str, build: Build) -> Iterator[Placed]:
    upper, lower = along(leg.root, leg.joint, leg.hinge), along(leg.joint, leg.end, leg.hinge)
    side = cross(leg.tip, leg.over)
    foot = Frame(leg.tip, leg.over, side)
    yield Placed(bone("thigh", anatomy.THIGH, build.limbs), leg.root, upper)
    yield Placed(bone("shin", anatomy.SHIN, build.limbs), leg.joint, lower)
    yield Placed(FEET, leg.end, foot)
    yield Placed(TOE, leg.ball, foot.turned(bend=leg.toes))


def _arm(arm: Limb, name: str, build: Build, sleeve: float) -> Iterator[Placed]:
    upper, lower = along(arm.root, arm.joint, arm.hinge), along(arm.joint, arm.end, arm.hinge)
    hand = hand_frame(arm)
    yield Placed(bone("upper", anatomy.UPPER_ARM, build.chest), arm.root, upper)
    yield Placed(bone("forearm", anatomy.FOREARM, build.limbs), arm.joint, lower)
    if sleeve < 1:
        yield Placed(bone("sleeve", anatomy.UPPER_ARM * sleeve, build.chest), arm.root, upper)
    for solid in hand_solids(arm.grip or "relaxed", sign(name)):
        yield Placed(solid, arm.end, hand)


def hand_frame(arm: Limb) -> Frame:
    """Of a hand: up to the fingers, near to the thumb."""
    return Frame(cross(arm.tip, arm.over), arm.tip, arm.over)


TABLES = {"thigh": THIGH, "shin": SHIN, "upper": UPPER_ARM, "forearm": FOREARM, "sleeve": SLEEVE}
CAPS = {
    "thigh": (0.6, 0.9),
    "shin": (0.9, 0.3),
    "upper": (0.8, 0.9),
    "forearm": (0.9, 0.3),
    "sleeve": (0.8, 0.12),
}


@cache
def bone(name: str, size: float, full: float) -> Solid:
    """The solid about a long bone, its root the origin; `full` widens it where it is fleshy."""
    rings = []
    for share, *skin in TABLES[name]:
        near_joint = max(0.0, 1 - abs(share - FULLEST[name]) / 0.75)
        factor = 1 + (full - 1) * (1 if name == "sleeve" else near_joint)
        rings.append(Ring((0, -share * size, 0), (1, 0, 0), (0, 0, 1), *(value * factor for value in skin)))
    return Solid(name, tuple(rings), CAPS[name])


def _foot(table: tuple[Row, ...]) -> tuple[Ring, ...]:
    return tuple(
        Ring((u, v, 0), (0, 1, 0), (0, 0, 1), over, under, wide) for u, v, over, under, wide in table
    )


FEET = Solid("foot", _foot(FOOT), (0.8, 0.6))
TOE = Solid("toes", _foot(TOES), (0.5, 0.7))


@cache
def hand_solids(grip: str, side: int) -> tuple[Solid, Solid, Solid]:
    """Palm, fingers and thumb of a hand of one side; up is to the fingers, near to the thumb."""
    knuckle, curl, aside = BENDS[grip]
    palm = Frame(
        (-side, 0, 0), (0, 1, 0), (0, 0, 1)
    )  # front to where the palm looks; not always right-handed
    rings = tuple(Ring((0, u, 0), (1, 0, 0), (0, 0, 1), a, b, s) for u, a, b, s in PALM)
    first, second = (_bent(palm, knuckle + more) for more in (0, curl))
    base, fingers = (0, PALM[-1][0], 0), []
    for u, a, b, s in FINGERS:
        middle = add(base, times(first.up, min(u, KNUCKLE)), times(second.up, max(0, u - KNUCKLE)))
        fingers.append(Ring(middle, (second if u > KNUCKLE else first).front, (0, 0, 1), b, a, s))
    return (
        Solid(f"palm {side}", rings, (0.2, 0.4)),
        Solid(f"fingers {grip} {side}", tuple(fingers), (0.4, 0.8)),
        Solid(f"thumb {grip} {side}", _thumb(palm, aside, THUMB_BENDS[grip])),
    )


def _bent(palm: Frame, degrees: float) -> Frame:
    """The hand's frame bent towards the palm."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    up = add(times(palm.up, c), times(palm.front, s))
    return Frame(add(times(palm.front, c), times(palm.up, -s)), up, palm.near)


def _thumb(palm: Frame, aside: float, bend: float) -> tuple[Ring, ...]:
    root = (palm.front[0] * 0.04 * bend, 2.6, 2.4)
    first, second = (_way(palm, aside * share, bend) for share in (1, 0.3))
    middle = add(root, times(first, 5.2))
    tip = add(middle, times(second, 3.6))
    rings = []
    for share, radius in THUMB:
        at = add(times(root, 1 - share), times(tip, share)) if share != 0.5 else middle
        rings.append(Ring(at, palm.front, (0, 0, 1), radius, radius, radius))
    return tuple(rings)


def _way(palm: Frame, aside: float, bend: float) -> Vector:
    c, s = cos(radians(aside)), sin(radians(aside))
    level = add(times(palm.up, c), times(palm.near, s))
    return add(times(level, cos(radians(bend))), times(palm.front, sin(radians(bend))))


def skin_heights(body: Body, sleeve: float) -> dict[str, float]:
    """How high the lowest skin of every part of a body is: its limbs' solids, and the levels of the trunk."""
    low = {name: part.center[1] - part.reach(DOWN) for name, part in body.slices.items()}
    for name, parts in placed(body, sleeve).items():
        for part in parts:
            low[f"{name} {part.solid.name.split()[0]}"] = part.lowest
    return low
