"""What each number of a pose means, in words, and where it may lie; and the names of the joints."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programs.figures.dragging import Limits
from programs.figures.numbers import Number, Path


class Range(NamedTuple):
    """What a number means, and where it may lie."""

    label: Any
    least: float
    most: float
    step: float = 1


DEGREES = {
    "spine": Range(_("Leaning (90 upright, 180 on the back, 0 face down)"), -45, 225),
    "roll": Range(_("Rolled onto the side"), -180, 180),
    "lean": Range(_("Leaning to her right"), -120, 120),
    "turn": Range(_("Turned toward the viewer"), -180, 180),
    "bend": Range(_("Back rounded"), -60, 100),
    "twist": Range(_("Chest turned to her right"), -80, 80),
    "side": Range(_("Chest bent to her right"), -60, 60),
    "neck": Range(_("Neck forward"), -40, 80),
    "nod": Range(_("Chin down"), -60, 60),
    "look": Range(_("Looking to her right"), -90, 90),
}
OTHERS = {
    "ribs": Range(_("Ribs wide with breath"), 0, 3, 0.1),
    "belly": Range(_("Belly soft (1) or drawn in (-1)"), -1, 2, 0.1),
    "shrug": Range(_("Shoulders up"), -10, 10, 0.5),
    "squeeze": Range(_("Shoulders back"), -10, 10, 0.5),
    "glow": Range(_("The place that works shines"), 0, 1, 0.1),
    "air": Range(_("Breath out is seen"), 0, 1, 0.1),
    "head_on": Range(_("Height of what the head rests on"), 0, 120, 0.5),
}
JOINTS = {
    ("hip", 0): Range(_("Hip bent"), -60, 140),
    ("hip", 1): Range(_("Hip out to the side"), -60, 90),
    ("hip", 2): Range(_("Hip turned out"), -60, 90),
    ("knee",): Range(_("Knee bent"), -5, 150),
    ("ankle",): Range(_("Toes up"), -95, 60),
    ("toes",): Range(_("Toes bent up from the foot"), 0, 60),
    ("heel",): Range(_("Heel raised"), -60, 120),
    ("facing",): Range(_("Foot turned out"), -95, 95),
    ("shoulder", 0): Range(_("Arm raised to the front"), -70, 190),
    ("shoulder", 1): Range(_("Arm out to the side"), -40, 180),
    ("shoulder", 2): Range(_("Arm turned"), -120, 120),
    ("elbow",): Range(_("Elbow bent"), -5, 150),
    ("wrist",): Range(_("Wrist bent"), -90, 90),
}
PLACED = {
    "foot": _("Foot"),
    "ankle_at": _("Ankle"),
    "palm": _("Palm on the floor"),
    "hand": _("Hand"),
    "elbow_at": _("Elbow"),
    "pelvis": _("Pelvis"),
    "shoulders": _("Shoulders"),
    "near_knee": _("Right knee"),
    "far_knee": _("Left knee"),
}
AXES = (_("forward"), _("up"), _("to the side"))
PALM_AXES = (AXES[0], AXES[2])
PARTS = {
    "at": _("What stays where it is"),
    "near_arm": _("Right arm"),
    "far_arm": _("Left arm"),
    "near_leg": _("Right leg"),
    "far_leg": _("Left leg"),
}
TRUNK, BREATH = _("Trunk and head"), _("Breath and shoulders")
JOINT_NAMES = {
    "head": _("Head"),
    "chest": _("Chest"),
    "back": _("Back"),
    "pelvis": _("Pelvis"),
    "near_knee": _("Right knee"),
    "far_knee": _("Left knee"),
    "near_foot": _("Right foot"),
    "far_foot": _("Left foot"),
    "near_heel": _("Right heel"),
    "far_heel": _("Left heel"),
    "near_toes": _("Right toes"),
    "far_toes": _("Left toes"),
    "near_elbow": _("Right elbow"),
    "far_elbow": _("Left elbow"),
    "near_hand": _("Right hand"),
    "far_hand": _("Left hand"),
    "near_fingers": _("Right fingers"),
    "far_fingers": _("Left fingers"),
}


def part_of(path: Path) -> Any:
    """Return the part of the body that a number belongs to, in words."""
    if path[0] in PARTS:
        return PARTS[str(path[0])]
    return TRUNK if path[0] in DEGREES or path[0] == "head_on" else BREATH


def range_of(path: Path) -> Range:
    """Return what a number means and where it may lie."""
    if len(path) == 1:
        return DEGREES.get(str(path[0])) or OTHERS[str(path[0])]
    if path[1:] in JOINTS:
        return JOINTS[path[1:]]
    if path[1:] == ("foot", 1):
        return Range(format_lazy("{} {}", PLACED["foot"], AXES[1]), 0, 160, 0.5)  # not under the floor
    axes = PALM_AXES if path[1] == "palm" else AXES
    return Range(format_lazy("{} {}", PLACED[str(path[1])], axes[int(path[2])]), -130, 160, 0.5)


def limits_of(number: Number) -> Limits:
    """Return where a number may lie: in its range, or as far out of it as it is now."""
    given = range_of(number.path)
    return Limits(min(given.least, number.value), max(given.most, number.value), given.step)
