"""How long and how thick her parts are, in units of which she is about 190 tall."""

from __future__ import annotations

from typing import NamedTuple

from .vectors import Vector

THIGH, SHIN = 46.0, 44.0
UPPER_ARM, FOREARM, HAND = 32.0, 28.0, 12.0
NECK, HEAD = 6.5, 10.0  # from the top of the spine to the nape, from there to the middle of the head

HIP_OUT, SHOULDER_OUT = 8.0, 15.0  # from the middle of the body to the joint

HIP_R, KNEE_R, ANKLE_R = 10.8, 7.4, 4.6
SHOULDER_R, ELBOW_R, WRIST_R, FINGERS_R = 6.2, 4.9, 3.5, 2.7
NECK_R, HEAD_R, CHIN_R, BUN_R = 4.6, 12.0, 7.0, 5.6

HAIR, HAIR_R = (-4.4, 3.4, 0.0), 9.9  # from the middle of the head

HEEL, HEEL_R = (-3.0, -2.6), 4.4  # from the ankle, along and across the foot
BALL, BALL_R = (16.0, -4.2), 2.8
PALM = 6.0  # from the wrist to the middle of the palm


class Level(NamedTuple):
    """A slice of the trunk: where along the spine, how far its skin is, how much it shares of the bend."""

    at: float
    front: float
    back: float
    side: float
    share: float


LEVELS = {
    "seat": Level(-7, 7.5, 11, 12, 0),
    "hips": Level(3, 10.5, 14.5, 18.8, 0),
    "waist": Level(19, 10, 9, 12.8, 0.3),
    "ribs": Level(34, 11.5, 10, 14, 0.7),
    "chest": Level(47, 14, 11, 14.5, 1),
    "shoulders": Level(58, 9, 9, 15.5, 1),
    "neck": Level(66, 5, 5.5, 6, 1),
}
LEVEL_UP = 5.0  # how far a slice rounds off along the spine
BREATH_WIDENS = {"waist": 0.5, "ribs": 2.2, "chest": 1.0}
BELLY_SWELLS = {"hips": 1.0, "waist": 4.0, "ribs": 1.5}


class Spot(NamedTuple):
    """Where a palm can rest: the slice (or the head), the place and the fingers as (front, up, out).

    On the trunk front and out of the place are shares of the way to the skin; all else is in units.
    """

    level: str
    place: Vector
    fingers: Vector


SPOTS = {
    "ribs": Spot("ribs", (0.35, 0, 1.15), (1, 0.1, -0.35)),
    "belly": Spot("waist", (1.2, 2, 0.25), (0, 0, -1)),
    "low_belly": Spot("hips", (1.15, 4, 0.4), (0.2, -0.5, -1)),
    "hip_bones": Spot("hips", (0.95, 7, 0.7), (0.3, -1, -0.5)),
    "hip_crease": Spot("hips", (1.05, 0, 0.75), (0.4, -1, -0.2)),
    "mouth": Spot("head", (14.5, -8.5, 3), (-0.7, 0.1, -0.7)),
    "nape": Spot("head", (-11, -3, 7), (-0.2, 0.3, -1)),
}
LEG_SPOTS = {"thigh": (0.55, 11.5), "knee": (0.85, 10.5)}  # share of the way to the knee, over the bone
