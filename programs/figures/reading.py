"""Read a pose from an exercise's file; error messages name the place of the mistake.

from: crook_lying            a stance to start from; the keys below replace what they name
at: {shoulders: [-60]}       what stays put (poses.ANCHORS) and where: [x], [x, y] or [x, y, z];
                             without y it rests on the floor, or on what `rests_on` says is there
spine: 152                   and any other number of poses.NUMBERS: degrees, units or shares
head_on: 9                   the head rests on a pillow that high, 0 is the floor; without it: neck: 10
legs, near_leg, far_leg      {foot: [x, y, out], heel: 30, facing: 0, lift: 5, knee_to: [front, up, out]},
                             {ankle_at: [x, y, out], ankle: -20, toes: 0, lift: 5, knee_to: …}
                             or {hip: [flex, out, turn], knee: 90, ankle: 0}
arms, near_arm, far_arm      {palm: [x, out]} on the floor, {hand: [x, y, out]}, {rests: belly},
                             each with elbow_to, fingers and thumb; {elbow_at: [x, y, out], forearm: [x, y, out],
                             thumb: [x, y, out]} leaning on it; or {shoulder: [flex, out, turn], elbow: 0};
                             and in any of them grip: flat, relaxed or grip
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .errors import FigureError
from .poses import ANCHORS, GRIPS, NUMBERS, Anchor, Angles, Plan, Pose, Propped, Reach
from .rig import anatomy
from .rig.body import LIMBS
from .rig.vectors import Vector
from .stances import STANCES

KNOWN = ("at", "head_on", *NUMBERS, *LIMBS)
PALM_ON_SPOT = (*anatomy.SPOTS, *anatomy.LEG_SPOTS)
KNEE_FORWARD, ELBOW_BACK = (1, 0, 0), (-1, -0.5, 0)
LARGEST = 1000
PALM_HIGH = 3.0  # the wrist of a palm that lies flat, over the floor
ON_FLOOR, THUMB_IN = (1.0, -0.09, 0.0), (0.3, 0.0, -1.0)  # fingers and thumb of a palm that lies flat


def read_pose(described: Mapping, base: Mapping | None = None) -> tuple[Pose, dict]:
    """Return the pose and its full description, which the next pose may build on.

    Raise FigureError.
    """
    if not isinstance(described, Mapping):
        raise FigureError(f"{described!r} does not describe a pose")
    if "from" in described:
        base = merged({}, STANCES[_one_of("from", described["from"], STANCES)])
    whole = merged(base or {}, described)
    for key in whole:
        _one_of("a pose", key, KNOWN)
    for name in LIMBS:
        if name not in whole:
            raise FigureError(f"{name} is missing")
    numbers = {name: _number(name, whole.get(name, usual)) for name, usual in NUMBERS.items()}
    head_on = whole.get("head_on")
    pose = Pose(
        _anchor(whole.get("at")),
        {name: _limb(name, whole[name]) for name in LIMBS},
        numbers,
        None if head_on is None else _number("head_on", head_on),
    )
    return pose, whole


def merged(base: Mapping, changes: Mapping) -> dict:
    """Return a pose's description with `changes` applied; `legs` and `arms` stand for both sides."""
    whole = dict(base)
    for both in ("legs", "arms"):
        if both in changes:
            whole |= {f"{side}_{both[:-1]}": changes[both] for side in ("near", "far")}
    return whole | {key: value for key, value in changes.items() if key not in ("from", "legs", "arms")}


def read_places(key: str, described: object, least: int = 0) -> tuple[Vector, ...]:
    """Read places in space, such as those of an arrow. Raise FigureError."""
    if not isinstance(described, list | tuple) or len(described) < least:
        raise FigureError(f"{key}: write places in brackets, not {described!r}")
    return tuple(_vector(key, place) for place in described)


def read_lens(described: object) -> Mapping[str, Any] | None:
    """Read a lens: where it looks, where it is, how large it shows. Raise FigureError."""
    if described is None:
        return None
    if not isinstance(described, Mapping) or not {"at", "to"} <= described.keys() <= {*LENS}:
        raise FigureError(f"lens: say {', '.join(LENS)}")
    at, to = (_vector(f"lens {key}", described[key]) for key in ("at", "to"))
    sizes = {key: _number(f"lens {key}", described.get(key, usual)) for key, usual in LENS.items() if usual}
    return {"at": at, "to": to, **sizes}


LENS = {"at": None, "to": None, "zoom": 2, "radius": 26}  # what a lens may say, and what is usual


def _one_of(place: str, value: Any, known: Collection[str]) -> str:
    if value not in known:
        raise FigureError(f"{place}: no “{value}”; there are {', '.join(known)}")
    return str(value)


def _number(place: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FigureError(f"{place}: {value!r} is not a number")
    if not -LARGEST <= value <= LARGEST:
        raise FigureError(f"{place}: {value!r} is out of the room; numbers go to {LARGEST} both ways")
    return float(value)


def _numbers(place: str, value: object, least: int, most: int = 3) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or not least <= len(value) <= most:
        raise FigureError(f"{place}: write {least} to {most} numbers in brackets, not {value!r}")
    return tuple(_number(place, part) for part in value)


def _filled(place: str, value: object, usual: Vector) -> Vector:
    """Up to three numbers, those left out taken from what is usual."""
    given = _numbers(place, value, 1)
    x, y, z = (*given, *usual[len(given) :])
    return x, y, z


def _vector(place: str, value: object) -> Vector:
    """Three numbers. Raise FigureError."""
    x, y, z = _numbers(place, value, 3)
    return x, y, z


def _anchor(described: object) -> Anchor:
    if not isinstance(described, Mapping) or len(described) != 1:
        raise FigureError(f"at: name one of {', '.join(ANCHORS)} and its place")
    ((part, place),) = described.items()
    given = _numbers(f"at {_one_of('at', part, ANCHORS)}", place, 1)
    return Anchor(part, given[0], given[1] if len(given) > 1 else None, given[2] if len(given) > 2 else 0.0)


def _limb(name: str, described: object) -> Plan:
    if not isinstance(described, Mapping):
        raise FigureError(f"{name}: {described!r} does not say where it is")
    given = dict(described)
    plan = (_leg if name.endswith("leg") else _arm)(name, given)
    for key in given:
        raise FigureError(f"{name}: “{key}” is not known here")
    return plan


def _take(name: str, given: dict, *keys: str) -> list[float]:
    return [_number(f"{name} {key}", given.pop(key, 0)) for key in keys]


def _pole(name: str, key: str, given: dict, usual: Vector) -> Vector:
    return _vector(f"{name} {key}", given.pop(key, usual))


def _leg(name: str, given: dict) -> Plan:
    if "hip" in given:
        root = _filled(f"{name} hip", given.pop("hip"), (0, 0, 0))
        knee, ankle = _take(name, given, "knee", "ankle")
        return Angles(root, knee, ankle)
    pole = _pole(name, "knee_to", given, KNEE_FORWARD)
    if "foot" in given:
        point = _filled(f"{name} foot", given.pop("foot"), (0, 0.0, anatomy.HIP_OUT))
        heel, facing, lift = _take(name, given, "heel", "facing", "lift")
        return Reach(point, pole, heel=heel, facing=facing, lift=lift)
    if "ankle_at" in given:
        point = _filled(f"{name} ankle_at", given.pop("ankle_at"), (0, anatomy.ANKLE_R, anatomy.HIP_OUT))
        ankle, lift, toes = _take(name, given, "ankle", "lift", "toes")
        return Reach(point, pole, heel=ankle, lift=lift, free=True, toes=toes)
    raise FigureError(f"{name}: say foot: [x], ankle_at: [x, y] or hip: [flex]")


def _arm(name: str, given: dict) -> Plan:
    rests = "palm" in given or "rests" in given or "elbow_at" in given
    grip = _one_of(f"{name} grip", given.pop("grip", "flat" if rests else "relaxed"), GRIPS)
    if "shoulder" in given:
        root = _filled(f"{name} shoulder", given.pop("shoulder"), (0, 0, 0))
        elbow, wrist = _take(name, given, "elbow", "wrist")
        return Angles(root, elbow, wrist, grip)
    if "elbow_at" in given:
        keys = ("elbow_at", "forearm", "thumb")
        elbow_at, forearm, leaning_thumb = (_pole(name, key, given, ELBOW_BACK) for key in keys)
        return Propped(elbow_at, forearm, leaning_thumb, grip)
    pole = _pole(name, "elbow_to", given, ELBOW_BACK)
    tip, thumb = _way(name, "fingers", given), _way(name, "thumb", given)
    if "rests" in given:
        spot = _one_of(f"{name} rests", given.pop("rests"), PALM_ON_SPOT)
        return Reach((0.0, 0.0, 0.0), pole, spot=spot, grip=grip)
    if "palm" in given:
        x, out = (*_numbers(f"{name} palm", given.pop("palm"), 1, 2), anatomy.SHOULDER_OUT)[:2]
        return Reach((x, PALM_HIGH, out), pole, tip=tip or ON_FLOOR, thumb=thumb or THUMB_IN, grip=grip)
    if "hand" in given:
        usual = (0, anatomy.WRIST_R, anatomy.SHOULDER_OUT)
        return Reach(_filled(f"{name} hand", given.pop("hand"), usual), pole, tip=tip, thumb=thumb, grip=grip)
    raise FigureError(f"{name}: say palm: [x], hand: [x, y], rests: belly or shoulder: [flex]")


def _way(name: str, key: str, given: dict) -> Vector | None:
    """A direction of three numbers; None where it is left out."""
    return _vector(f"{name} {key}", given.pop(key)) if key in given else None
