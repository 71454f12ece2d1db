"""The joints of a pose that can be taken hold of in its picture, and the numbers each of them turns.

A limb given by angles turns about the joint before: its knee by the hip, its foot by the knee. A planted hand or foot is
put somewhere else, and its limb follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .numbers import Path
from .rig.body import Body
from .rig.vectors import Vector

PLACE = (0, 1, 2)
TURN_OF_TRUNK: tuple[Path, ...] = (("spine",), ("lean",))
BEND_OF_TRUNK: tuple[Path, ...] = (("bend",), ("side",))


class Joint(NamedTuple):
    """A joint: its name, and the paths of the numbers that move it (see numbers.Path)."""

    name: str
    paths: tuple[Path, ...]


# For each way to say where a limb is: its joints, and the numbers of the limb that move them.
OF_LIMB: Mapping[str, Mapping[str, tuple[Path, ...]]] = {
    "hip": {"knee": (("hip", 0), ("hip", 1)), "foot": (("knee",), ("hip", 2)), "toes": (("ankle",),)},
    "foot": {"foot": tuple(("foot", at) for at in PLACE), "heel": (("heel",), ("facing",))},
    "ankle_at": {"foot": tuple(("ankle_at", at) for at in PLACE), "toes": (("ankle",),)},
    "shoulder": {
        "elbow": (("shoulder", 0), ("shoulder", 1)),
        "hand": (("elbow",), ("shoulder", 2)),
        "fingers": (("wrist",),),
    },
    "palm": {"hand": (("palm", 0), ("palm", 1))},
    "hand": {"hand": tuple(("hand", at) for at in PLACE)},
}

PLACES: Mapping[str, Callable[[Body], Vector]] = {
    "head": lambda body: body.head,
    "chest": lambda body: body.slices["shoulders"].center,
    "back": lambda body: body.slices["ribs"].center,
    "pelvis": lambda body: body.slices["hips"].center,
}
LIMB_PLACES = {
    "knee": "joint",
    "foot": "end",
    "toes": "ball",
    "heel": "heel",
    "elbow": "joint",
    "hand": "end",
    "fingers": "fingers",
}


def joints_of(whole: Mapping[str, Any]) -> list[Joint]:
    """Return the joints of a pose's full description, what is behind before what hides it."""
    found = {joint.name: joint for limb in ("far_leg", "far_arm") for joint in _of_limb(limb, whole[limb])}
    found |= {joint.name: joint for joint in _of_trunk(whole)}
    found |= {joint.name: joint for limb in ("near_leg", "near_arm") for joint in _of_limb(limb, whole[limb])}
    return [*(found | _anchored(whole)).values()]


def place_of(joint: str, body: Body) -> Vector:
    """Return where a joint of a body is."""
    if joint in PLACES:
        return PLACES[joint](body)
    side, part = joint.split("_")
    kind = "arm" if part in ("elbow", "hand", "fingers") else "leg"
    place: Vector = getattr(body.limbs[f"{side}_{kind}"], LIMB_PLACES[part])
    return place


def _of_trunk(whole: Mapping[str, Any]) -> Iterator[Joint]:
    yield Joint("pelvis", TURN_OF_TRUNK)
    yield Joint("back", BEND_OF_TRUNK)
    yield Joint("chest", TURN_OF_TRUNK)
    yield Joint("head", (("neck",), ("nod",)) if whole.get("head_on") is None else (("head_on",),))


def _of_limb(limb: str, described: Mapping[str, Any]) -> Iterator[Joint]:
    way = next((way for way in OF_LIMB if way in described), None)
    side = limb.split("_")[0]
    for part, paths in OF_LIMB[way].items() if way else ():
        yield Joint(f"{side}_{part}", tuple((limb, *path) for path in paths))


def _anchored(whole: Mapping[str, Any]) -> dict[str, Joint]:
    """The joint that stays put moves all of the body; over a knee that stays put, the pelvis turns."""
    ((anchor, place),) = whole["at"].items()
    joint = "chest" if anchor == "shoulders" else anchor
    found = {joint: Joint(joint, tuple(("at", anchor, at) for at in range(len(place))))}
    if anchor.endswith("knee"):
        leg = anchor.replace("knee", "leg")
        found["pelvis"] = Joint("pelvis", ((leg, "hip", 0), (leg, "hip", 1)))
    return found
