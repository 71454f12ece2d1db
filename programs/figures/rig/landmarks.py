"""Named places of the body that things are fixed to."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import FigureError
from . import anatomy
from .body import Body, sign
from .vectors import Vector, add, dot, minus, mix, times


def landmark(name: str, body: Body) -> Vector:
    """A named place of the body.

    Raises FigureError for a place it does not have.
    """
    if name in WHOLE:
        return WHOLE[name](body)
    side, _, part = name.partition("_")
    if side in ("near", "far") and part in SIDED:
        return SIDED[part](body, side)
    known = ", ".join((*WHOLE, *(f"near_{part}" for part in SIDED)))
    raise FigureError(f"no place “{name}” on the body; there are {known}, and far_ likewise")


def _hands(body: Body) -> Vector:
    return mix(body.limbs["near_arm"].palm, body.limbs["far_arm"].palm, 0.5)


def _belly(body: Body) -> Vector:
    return add(body.slices["belly"].center, times(body.slices["belly"].frame.front, 3))


def _in_pelvis(front: float) -> Callable[[Body, str], Vector]:
    def place(body: Body, side: str) -> Vector:
        part = body.slices["hips"]
        return add(part.center, part.frame.outward((front, -6, 7 * sign(side))))

    return place


def _blade(body: Body, side: str) -> Vector:
    """The middle of a shoulder blade, which comes to the middle as the shoulder goes back."""
    part, joint = body.slices["shoulders"], body.shoulders[side]
    back = -dot(minus(joint, part.center), part.frame.front)
    return add(joint, part.frame.outward((-7, -8, (-4 - 0.9 * back) * sign(side))))


def _rib_edge(body: Body, side: str) -> Vector:
    part = body.slices["ribs"]
    return add(part.center, times(part.frame.near, sign(side) * part.side))


def _thigh_edge(body: Body, side: str) -> Vector:
    leg = body.limbs[f"{side}_leg"]
    return add(mix(leg.root, leg.joint, 0.8), times(leg.hinge, sign(side) * anatomy.KNEE_R))


WHOLE = {"hands": _hands, "belly": _belly}
SIDED = {
    "hand": lambda body, side: body.limbs[f"{side}_arm"].palm,
    "thigh_edge": _thigh_edge,
    "rib_edge": _rib_edge,
    "groin": _in_pelvis(7),
    "buttock": _in_pelvis(-6),
    "blade": _blade,
}
