"""How long her bones are and where her skin is, in units of which she is about 190 tall.

Clothed surfaces, not skin over muscle; proportions of an adult woman some weeks after birth.
"""

from __future__ import annotations

from typing import NamedTuple

from .vectors import Vector

THIGH, SHIN = 46.0, 44.0
UPPER_ARM, FOREARM, HAND = 32.0, 28.0, 19.6
NECK, HEAD = 6.5, 10.0  # from the top of the spine to the nape, from there to the middle of the head

HIP_OUT, SHOULDER_OUT = 8.6, 14.6  # from the middle of the body to the joint

KNEE_R, ANKLE_R = 7.2, 4.1
ELBOW_R, WRIST_R, FINGERS_R = 4.7, 3.0, 1.2
HEAD_R = 11.6

BACK_OF_HEAD, BACK_OF_HEAD_R = (-2.4, 2.0, 0.0), 10.4  # from the middle of the head; hair comes to it

HEEL, HEEL_R = (-3.6, -2.6), 4.4  # from the ankle, along and across the foot
BALL, BALL_R = (13.0, -4.4), 2.6
PALM = 7.0  # from the wrist to the middle of the palm


class Level(NamedTuple):
    """A slice of the trunk: where along the spine, how far its skin is, how much it shares of the bend."""

    at: float
    front: float
    back: float
    side: float
    share: float


LEVELS = {
    "seat": Level(-8, 5, 9, 13, 0),
    "groin": Level(-2, 10.5, 14.5, 17, 0),
    "hips": Level(5, 13.6, 15, 18.6, 0),
    "belly": Level(13, 15.6, 12, 17, 0.15),
    "waist": Level(22, 13.8, 9.4, 14.6, 0.35),
    "ribs": Level(34, 12.6, 10, 13.8, 0.7),
    "bust": Level(44, 16.2, 11, 14.8, 0.9),
    "chest": Level(51, 13.8, 11.2, 15, 1),
    "shoulders": Level(58, 8.8, 9.6, 14.4, 1),
    "neck": Level(66, 5.4, 6, 6.4, 1),
}
LEVEL_UP = 4.0  # how far a slice rounds off along the spine
BREATH_WIDENS = {"waist": 0.8, "ribs": 2.4, "bust": 1.2}
BELLY_SWELLS = {"hips": 1.0, "belly": 3.4, "waist": 2.4}


class Build(NamedTuple):
    """How full a body is in front, as shares of the usual: flesh of the limbs, hips and belly, chest and upper arms.

    Knees, ankles, elbows and wrists are no fuller than usual. `hair` is how far her hair stands off her head.
    """

    limbs: float = 1
    hips: float = 1
    chest: float = 1
    hair: float = 0.6

    def of_level(self, name: str) -> float:
        """The share at a level of the trunk."""
        at = LEVELS[name].at
        return self.hips if at < 28 else self.chest if at < 60 else 1


USUAL = Build()


class Spot(NamedTuple):
    """Where a palm can rest: the slice (or the head), the place, and the ways of fingers and thumb.

    Each is (front, up, out); front and out of a place on the trunk are shares of the way to the skin, all else
    is in units.
    """

    level: str
    place: Vector
    fingers: Vector
    thumb: Vector


SPOTS = {
    "ribs": Spot("ribs", (0.5, 0, 1.0), (0.9, 0, -0.6), (0.3, 1, 0)),
    "belly": Spot("belly", (1.08, 0, 0.42), (0.1, -0.25, -1), (0, 1, 0)),
    "low_belly": Spot("hips", (1.08, 0, 0.45), (0.1, -0.5, -1), (0, 1, 0)),
    "hip_bones": Spot("hips", (0.85, 0, 0.86), (0.6, -0.7, -0.5), (0, 0.5, -1)),
    "hip_crease": Spot("groin", (1.05, 0, 0.72), (0.3, -1, -0.35), (0, 0, -1)),
    "chest": Spot("bust", (1.0, 0, 0.3), (0.05, 0.75, -0.65), (0, 0.6, 0.75)),
    "mouth": Spot("head", (14.5, -8.5, 3), (-0.7, 0.1, -0.7), (-0.3, 0.9, 0)),
    "nape": Spot("head", (-11, -3, 7), (-0.2, 0.3, -1), (-0.3, -0.9, 0)),
}
LEG_SPOTS = {"thigh": (0.62, 11.5), "knee": (0.88, 9.5)}  # share of the way to the knee, over the bone
