"""Arms and legs: hanging from their joints by angles, or pulled to a place by inverse kinematics."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

from ..errors import FigureError
from ..poses import Angles, Propped, Reach, Swung
from . import anatomy
from .body import Body, Limb, sign
from .vectors import Frame, Vector, add, cross, dot, length, minus, times, unit


def bones(name: str) -> tuple[float, float]:
    """The lengths of the limb's two long bones."""
    if name.endswith("arm"):
        return anatomy.UPPER_ARM, anatomy.FOREARM
    return anatomy.THIGH, anatomy.SHIN


def hanging(name: str, plan: Angles | Swung, root: Vector, parent: Frame) -> Limb:
    """A limb given by its angles or directions, hanging from its root."""
    if isinstance(plan, Swung):
        directions = (plan.upper, plan.lower, plan.tip, plan.hinge, plan.over)
        upper, lower, tip, hinge, over = (parent.outward(direction) for direction in directions)
        over = across(over, tip)
    else:
        upper, lower, tip, hinge, over = _angled(name, plan, parent)
    first, second = bones(name)
    joint = add(root, times(upper, first))
    toes = plan.toes if isinstance(plan, Swung) else 0
    return Limb(root, joint, add(joint, times(lower, second)), tip, hinge, over, plan.grip, toes)


def _angled(name: str, plan: Angles, parent: Frame) -> tuple[Vector, Vector, Vector, Vector, Vector]:
    flex, out, turn = plan.root
    bone = parent.turned(bend=flex, side=-out * sign(name)).turned(twist=turn * sign(name))
    arm = name.endswith("arm")
    bent = bone.turned(bend=plan.joint if arm else -plan.joint)
    end = bent.turned(bend=plan.end)
    tip, over = (times(end.up, -1), end.front) if arm else (end.front, end.up)
    return times(bone.up, -1), times(bent.up, -1), tip, bone.near, over


def across(way: Vector, tip: Vector) -> Vector:
    """The part of a way that is at right angles to the tip, one long."""
    return unit(minus(way, times(tip, dot(way, tip))))


def pulled_leg(name: str, plan: Reach, root: Vector, parent: Frame) -> Limb:
    """A leg whose foot is where the plan says, planted or, where it is free, bent at the ankle."""
    x, y, out = plan.point
    place = (x, y, out * sign(name))
    if plan.free:
        joint, hinge = _bent(name, root, place, parent, plan.pole)
        shin = unit(minus(place, joint))
        foot = Frame(cross(hinge, shin), times(shin, -1), hinge).turned(bend=plan.heel)
        return Limb(root, joint, place, foot.front, hinge, foot.up, toes=plan.toes)
    ahead = (cos(radians(plan.facing)), 0.0, sin(radians(plan.facing)) * sign(name))
    level, rise = cos(radians(plan.heel)), sin(radians(plan.heel))
    tip = add(times(ahead, level), (0.0, -rise, 0.0))
    over = add(times(ahead, rise), (0.0, level, 0.0))
    about, radius = (anatomy.BALL, anatomy.BALL_R) if plan.heel >= 0 else (anatomy.HEEL, anatomy.HEEL_R)
    planted = add(place, (0.0, radius, 0.0), times(ahead, about[0]))
    ankle = minus(planted, add(times(tip, about[0]), times(over, about[1])))
    joint, hinge = _bent(name, root, ankle, parent, plan.pole)
    return Limb(root, joint, ankle, tip, hinge, over, toes=max(0.0, plan.heel))


def pulled_arm(name: str, plan: Reach, root: Vector, parent: Frame, body: Body) -> Limb:
    """An arm whose hand is where the plan says, in the room or on the body."""
    tip, thumb = (way and unit(_outward(way, name)) for way in (plan.tip, plan.thumb))
    if plan.spot:
        palm, tip, thumb = body.spot(plan.spot, name)
        wrist = minus(palm, times(tip, anatomy.PALM))
    else:
        wrist = _outward(plan.point, name)
    joint, hinge = _bent(name, root, wrist, parent, plan.pole)
    lower = unit(minus(wrist, joint))
    tip = tip or lower
    return Limb(
        root,
        joint,
        wrist,
        tip,
        times(hinge, -1),
        across(thumb or cross(lower, hinge), tip),
        plan.grip,
        rests_on=f"{name.split('_')[0]}_leg" if plan.spot in anatomy.LEG_SPOTS else "",
    )


def propped_arm(name: str, plan: Propped, root: Vector) -> Limb:
    """An arm that leans on its forearm; FigureError where the elbow is not one bone from the shoulder."""
    elbow = _outward(plan.elbow, name)
    upper = minus(elbow, root)
    if abs(length(upper) - anatomy.UPPER_ARM) > CREEP:
        raise FigureError(
            f"{name}: its elbow is {length(upper):.1f} from its shoulder, its bone {anatomy.UPPER_ARM:g} long"
        )
    joint = add(root, times(unit(upper), anatomy.UPPER_ARM))
    lower = unit(_outward(plan.forearm, name))
    hinge = unit(cross(upper, lower))
    thumb = across(_outward(plan.thumb, name), lower)
    return Limb(root, joint, add(joint, times(lower, anatomy.FOREARM)), lower, hinge, thumb, plan.grip)


CREEP = 0.6  # how far a propped elbow may be off its place while the shoulder moves over it


def _outward(place: Vector, name: str) -> Vector:
    """A place whose last number is counted outward from the middle, in space."""
    return (place[0], place[1], place[2] * sign(name))


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
