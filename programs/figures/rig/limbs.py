"""Arms and legs: hanging from their joints by angles, or pulled to a place by inverse kinematics."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

from ..errors import FigureError
from ..poses import Angles, Reach, Swung
from . import anatomy
from .body import Body, Limb, sign
from .vectors import Frame, Vector, add, cross, dot, minus, times, unit


def bones(name: str) -> tuple[float, float]:
    """The lengths of the limb's two long bones."""
    if name.endswith("arm"):
        return anatomy.UPPER_ARM, anatomy.FOREARM
    return anatomy.THIGH, anatomy.SHIN


def hanging(name: str, plan: Angles | Swung, root: Vector, parent: Frame) -> Limb:
    """A limb given by its angles or directions, hanging from its root."""
    if isinstance(plan, Swung):
        directions = (plan.upper, plan.lower, plan.tip, plan.hinge)
        upper, lower, tip, hinge = (parent.outward(direction) for direction in directions)
    else:
        upper, lower, tip, hinge = _angled(name, plan, parent)
    first, second = bones(name)
    joint = add(root, times(upper, first))
    return Limb(root, joint, add(joint, times(lower, second)), tip, hinge)


def _angled(name: str, plan: Angles, parent: Frame) -> tuple[Vector, Vector, Vector, Vector]:
    flex, out, turn = plan.root
    bone = parent.turned(bend=flex, side=-out * sign(name)).turned(twist=turn * sign(name))
    arm = name.endswith("arm")
    bent = bone.turned(bend=plan.joint if arm else -plan.joint)
    end = bent.turned(bend=plan.end)
    return times(bone.up, -1), times(bent.up, -1), times(end.up, -1) if arm else end.front, bone.near


def pulled_leg(name: str, plan: Reach, root: Vector, parent: Frame) -> Limb:
    """A leg whose foot is where the plan says, planted or, where it is free, bent at the ankle."""
    x, y, out = plan.point
    place = (x, y, out * sign(name))
    if plan.free:
        joint, hinge = _bent(name, root, place, parent, plan.pole)
        shin = unit(minus(place, joint))
        foot = Frame(cross(hinge, shin), times(shin, -1), hinge).turned(bend=plan.heel)
        return Limb(root, joint, place, foot.front, hinge)
    ahead = (cos(radians(plan.facing)), 0.0, sin(radians(plan.facing)))
    level, rise = cos(radians(plan.heel)), sin(radians(plan.heel))
    tip = add(times(ahead, level), (0.0, -rise, 0.0))
    over = add(times(ahead, rise), (0.0, level, 0.0))
    about, radius = (anatomy.BALL, anatomy.BALL_R) if plan.heel >= 0 else (anatomy.HEEL, anatomy.HEEL_R)
    planted = add(place, (0.0, radius, 0.0), times(ahead, about[0]))
    ankle = minus(planted, add(times(tip, about[0]), times(over, about[1])))
    joint, _ = _bent(name, root, ankle, parent, plan.pole)
    return Limb(root, joint, ankle, tip, cross(tip, over))


def pulled_arm(name: str, plan: Reach, root: Vector, parent: Frame, body: Body) -> Limb:
    """An arm whose hand is where the plan says, in the room or on the body."""
    if plan.spot:
        palm, tip = body.spot(plan.spot, name)
        wrist = minus(palm, times(tip, anatomy.PALM))
    else:
        wrist = (*plan.point[:2], plan.point[2] * sign(name))
        tip = plan.tip and unit((*plan.tip[:2], plan.tip[2] * sign(name)))
    joint, hinge = _bent(name, root, wrist, parent, plan.pole)
    return Limb(root, joint, wrist, tip or unit(minus(wrist, joint)), times(hinge, -1))


def _bent(name: str, root: Vector, target: Vector, parent: Frame, pole: Vector) -> tuple[Vector, Vector]:
    """Where elbow or knee goes and the axis it turns about."""
    try:
        return pull(root, target, bones(name), parent.outward((*pole[:2], pole[2] * sign(name))))
    except ValueError as error:
        raise FigureError(f"{name} cannot get there: {error}") from None


def pull(root: Vector, target: Vector, lengths: tuple[float, float], pole: Vector) -> tuple[Vector, Vector]:
    """Two-bone inverse kinematics: the middle joint, bent towards `pole`, and the hinge axis.

    Raises ValueError when the target is out of reach or the pole points at it.
    """
    upper, lower = lengths
    way = minus(target, root)
    far = sqrt(dot(way, way))
    if not abs(upper - lower) < far <= upper + lower:
        raise ValueError(f"it is {far:.1f} from its joint, and its bones reach {upper + lower:.1f}")
    along = times(way, 1 / far)
    pole = unit(minus(pole, times(along, dot(pole, along))))
    cosine = (upper**2 + far**2 - lower**2) / (2 * upper * far)
    joint = add(root, times(along, upper * cosine), times(pole, upper * sqrt(max(0.0, 1 - cosine**2))))
    return joint, cross(along, pole)
