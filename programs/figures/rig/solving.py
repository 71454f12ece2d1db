"""From a pose to a body in space, and from two poses to the pose between them."""

from __future__ import annotations

from dataclasses import replace
from math import pi, sin
from typing import Any

from ..errors import FigureError
from ..poses import Anchor, Angles, Plan, Pose, Propped, Reach, Swung
from . import anatomy
from .anatomy import USUAL, Build
from .body import DOWN, LIMBS, Body, Limb, Slice, sign
from .limbs import hanging, propped_arm, pulled_arm, pulled_leg
from .trunk import ORIGIN, rest_head, shoulder, trunk
from .vectors import Frame, Vector, add, minus, mix, swing, times, unit

RESTING = {"pelvis": tuple(anatomy.LEVELS), "shoulders": ("chest", "shoulders")}


def solve(pose: Pose, build: Build = USUAL) -> Body:
    """A body of this build in this pose.

    Raises FigureError when a hand or a foot is out of reach.
    """
    around_pelvis = trunk(pose, build)
    shift = _shift(pose, around_pelvis)
    slices = {name: part._replace(center=add(part.center, shift)) for name, part in around_pelvis.items()}
    shoulders = {side: shoulder(pose, slices["shoulders"], side) for side in ("near", "far")}
    legs = {name: _leg(name, pose, slices, shift) for name in LIMBS if name.endswith("leg")}
    _, head, head_frame = rest_head(pose, slices["neck"], build)
    body = Body(shift, slices, shoulders, legs, head, head_frame, build)
    arms = {name: _arm(name, pose, body) for name in LIMBS if name.endswith("arm")}
    return replace(body, limbs={**arms, **legs})


def between(first: Pose, second: Pose, share: float, build: Build = USUAL) -> Pose:
    """The pose `share` of the way from first to second: planted limbs stay planted, free ones swing."""
    if first is second or share <= 0:
        return first
    if share >= 1:
        return second
    limbs = {}
    for name in LIMBS:
        a, b = first.limbs[name], second.limbs[name]
        limbs[name] = _mixed(a, b, share) if _alike(a, b) else _swung(name, first, second, share, build)
    numbers = {name: mix(value, second.numbers[name], share) for name, value in first.numbers.items()}
    head_on = None
    if first.head_on is not None and second.head_on is not None:
        head_on = mix(first.head_on, second.head_on, share)
    elif first.head_on is not None or second.head_on is not None:
        before, after = (
            rest_head(pose, solve(pose, build).slices["neck"], build)[0] for pose in (first, second)
        )
        numbers["neck"] = mix(before, after, share)
    return Pose(_anchor_between(first, second, share, build), limbs, numbers, head_on)


def _shift(pose: Pose, slices: dict[str, Slice]) -> Vector:
    """Where the pelvis has to be for the anchor to be in its place."""
    anchor = pose.anchor
    if anchor.part in RESTING:
        here = ORIGIN if anchor.part == "pelvis" else slices["chest"].center
        low = min(slices[name].center[1] - slices[name].reach(DOWN) for name in RESTING[anchor.part])
        return minus(
            (anchor.x, here[1] + pose.rests_on - low if anchor.y is None else anchor.y, anchor.z), here
        )
    name = anchor.part.replace("knee", "leg")
    plan = pose.limbs[name]
    if not isinstance(plan, Angles | Swung):
        raise FigureError(f"at {anchor.part}: give {name} by its hip and knee, so that the knee can stay put")
    knee = hanging(name, plan, _hip(name, slices, ORIGIN), slices["hips"].frame).joint
    height = pose.rests_on + anatomy.KNEE_R if anchor.y is None else anchor.y
    return minus((anchor.x, height, anchor.z + sign(name) * anatomy.HIP_OUT), knee)


def _hip(name: str, slices: dict[str, Slice], pelvis: Vector) -> Vector:
    return add(pelvis, times(slices["hips"].frame.near, sign(name) * anatomy.HIP_OUT))


def _leg(name: str, pose: Pose, slices: dict[str, Slice], pelvis: Vector) -> Limb:
    plan, parent = pose.limbs[name], slices["hips"].frame
    root = _hip(name, slices, pelvis)
    if isinstance(plan, Angles | Swung):
        return hanging(name, plan, root, parent)
    if isinstance(plan, Reach):
        return pulled_leg(name, plan, root, parent)
    raise FigureError(f"{name}: only an arm leans on its forearm")


def _arm(name: str, pose: Pose, body: Body) -> Limb:
    plan, parent = pose.limbs[name], body.slices["shoulders"].frame
    root = body.shoulders[name.split("_")[0]]
    if isinstance(plan, Reach):
        return pulled_arm(name, plan, root, parent, body)
    if isinstance(plan, Propped):
        return propped_arm(name, plan, root)
    return hanging(name, plan, root, parent)


def _alike(a: Plan, b: Plan) -> bool:
    """Whether two plans are of one kind, so that their numbers can be mixed."""
    if isinstance(a, Reach) and isinstance(b, Reach):
        same = a.spot == b.spot and _known(a) == _known(b) and a.free == b.free
        return same and (a.free or a.heel * b.heel >= 0)
    return type(a) is type(b) and isinstance(a, Angles | Propped)


def _known(plan: Reach) -> tuple[bool, bool]:
    """What is told of the hand besides its place."""
    return plan.tip is None, plan.thumb is None


def _mixed(a: Plan, b: Plan, share: float) -> Plan:
    values: dict[str, Any] = {
        name: mix(value, getattr(b, name), share)
        for name, value in vars(a).items()
        if isinstance(value, int | float | tuple) and not isinstance(value, bool)
    }
    if isinstance(b, Reach) and b.lift:
        x, y, out = values["point"]
        values["point"] = (x, y + b.lift * sin(pi * share), out)
    return replace(a, **values)


def _swung(name: str, first: Pose, second: Pose, share: float, build: Build) -> Swung:
    before, after = (solve(pose, build) for pose in (first, second))
    pairs = zip(_directions(name, before), _directions(name, after), strict=True)
    upper, lower, tip, hinge, over = (swing(*pair, share) for pair in pairs)
    a, b = before.limbs[name], after.limbs[name]
    return Swung(upper, lower, tip, hinge, over, a.grip, mix(a.toes, b.toes, share))


def _directions(name: str, body: Body) -> list[Vector]:
    frame: Frame = body.slices["shoulders" if name.endswith("arm") else "hips"].frame
    limb = body.limbs[name]
    bones = (unit(minus(limb.joint, limb.root)), unit(minus(limb.end, limb.joint)))
    parts = (*bones, limb.tip, limb.hinge, limb.over)
    return [frame.inward(part) for part in parts]


def _anchor_between(first: Pose, second: Pose, share: float, build: Build) -> Anchor:
    """The anchor on its way; where the two poses hold on to different parts, the pelvis leads."""
    a, b = first.anchor, second.anchor
    if a.part != b.part or (a.y is None) != (b.y is None):
        return Anchor("pelvis", *mix(solve(first, build).pelvis, solve(second, build).pelvis, share))
    height = None if a.y is None or b.y is None else mix(a.y, b.y, share)
    return Anchor(a.part, mix(a.x, b.x, share), height, mix(a.z, b.z, share))
