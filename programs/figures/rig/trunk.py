"""The trunk bent along the spine, with the shoulders and the head on it."""

from __future__ import annotations

from functools import cache

from ..poses import Pose
from . import anatomy
from .anatomy import Build
from .body import Slice, sign
from .vectors import Frame, Vector, add, times

ORIGIN: Vector = (0.0, 0.0, 0.0)
ASIDE = 0.5  # how much of a fuller front goes aside; the back that is lain on keeps its form


def trunk(pose: Pose, build: Build) -> dict[str, Slice]:
    """The slices of the trunk around a pelvis at the origin."""
    pelvis = Frame().turned(twist=pose.turn).turned(bend=pose.spine - 90).turned(side=pose.lean)
    pelvis = pelvis.turned(twist=pose.roll)

    bends = bool(pose.bend or pose.twist or pose.side)

    @cache
    def frame(share: float) -> Frame:
        if not bends:
            return pelvis
        turned = pelvis.turned(bend=-pose.bend * share)
        return turned.turned(twist=pose.twist * share).turned(side=pose.side * share)

    slices, place, at, share = {}, ORIGIN, 0.0, 0.0
    for name, level in anatomy.LEVELS.items():
        here = add(place, times(frame((share + level.share) / 2).up, level.at - at))
        if level.at > 0:
            place, at, share = here, level.at, level.share
        slices[name] = _slice(name, here, frame(level.share), pose, build.of_level(name))
    return slices


def _slice(name: str, center: Vector, frame: Frame, pose: Pose, full: float) -> Slice:
    level = anatomy.LEVELS[name]
    wide = pose.ribs * anatomy.BREATH_WIDENS.get(name, 0)
    belly = pose.belly * anatomy.BELLY_SWELLS.get(name, 0)
    side = level.side * (1 + ASIDE * (full - 1))
    sizes = level.front * full + wide + belly, level.back + wide / 2, side + wide
    return Slice(center, frame, *sizes, anatomy.LEVEL_UP)


def shoulder(pose: Pose, part: Slice, side: str) -> Vector:
    """The shoulder joint of one side, on its slice."""
    local = (-pose.squeeze, pose.shrug - 1.5, sign(side) * anatomy.SHOULDER_OUT)
    return add(part.center, part.frame.outward(local))


def rest_head(pose: Pose, base: Slice, build: Build) -> tuple[float, Vector, Frame]:
    """How far the neck bends forward, the middle of the head and its frame.

    The neck bends as the pose says, or so that the head comes to rest where it is to rest.
    """
    if pose.head_on is None:
        return (pose.neck, *_head(pose, base, pose.neck))
    low, high = -40.0, 80.0
    for _ in range(16):
        middle = (low + high) / 2
        head, frame = _head(pose, base, middle)
        low, high = (middle, high) if _lowest(head, frame, build) < pose.head_on else (low, middle)
    return (high, *_head(pose, base, high))


def _lowest(head: Vector, frame: Frame, build: Build) -> float:
    back = add(head, frame.outward(anatomy.BACK_OF_HEAD))
    return min(head[1] - anatomy.HEAD_R, back[1] - anatomy.BACK_OF_HEAD_R - build.hair)


def _head(pose: Pose, base: Slice, neck: float) -> tuple[Vector, Frame]:
    neck_frame = base.frame.turned(bend=-neck)
    frame = neck_frame.turned(bend=-pose.nod, twist=pose.look)
    nape = add(base.center, times(neck_frame.up, anatomy.NECK))
    return add(nape, times(frame.up, anatomy.HEAD), times(frame.front, 2.0)), frame
