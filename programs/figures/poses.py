"""A pose as data: what stays put, how the trunk is bent, where every limb is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .rig.vectors import Vector

NUMBERS: dict[str, float] = {
    "spine": 90,  # where the pelvis's up points in the side view: 90 upright, 180 lying back, 0 face down
    "roll": 0,  # about the spine: 90 turns the front towards the viewer
    "lean": 0,  # to the near side
    "turn": 0,  # of the whole body about the vertical: 90 turns the front towards the viewer
    "bend": 0,  # of the trunk forward, shared along the spine
    "twist": 0,  # of the chest, front towards the near side
    "side": 0,  # of the chest towards the near side
    "neck": 0,  # of the neck forward
    "nod": 0,  # of the head forward
    "look": 0,  # of the head towards the near side
    "ribs": 0,  # 1 wide with breath
    "belly": 0,  # 1 soft and full, -1 drawn in
    "shrug": 0,  # of the shoulders up, in units
    "squeeze": 0,  # of the shoulders back, in units
    "glow": 0,  # how strongly the place that works shines, to 1
    "air": 0,  # how visible the breath out is, 0 to 1
    "rests_on": 0,  # the height of the surface under the body
}
MIRRORED = ("roll", "lean", "turn", "twist", "side", "look")
ANCHORS = ("pelvis", "shoulders", "near_knee", "far_knee")
GRIPS = ("flat", "relaxed", "grip")  # the poses of a hand


@dataclass(frozen=True)
class Angles:
    """A limb by its joint angles: hip or shoulder (flex, out, turn), knee or elbow, ankle or wrist."""

    root: Vector
    joint: float = 0
    end: float = 0
    grip: str = "relaxed"


@dataclass(frozen=True)
class Reach:
    """A limb by where its end is: a point (x, y, out) in space, or a spot of the body for a palm."""

    point: Vector
    pole: Vector
    spot: str = ""
    tip: Vector | None = None  # of a hand; without it the hand goes on from the forearm
    thumb: Vector | None = None  # of a hand; without it the thumb is on the side the elbow bends to
    heel: float = (
        0  # of a planted foot: how far the heel is raised about the ball, or the ball about the heel
    )
    facing: float = 0
    lift: float = 0  # how high a foot steps on its way here
    free: bool = False  # of a leg: the point is the ankle's, and the foot is bent by `heel` degrees
    toes: float = 0  # of a free foot: how far the toes are bent up
    grip: str = "relaxed"


@dataclass(frozen=True)
class Propped:
    """An arm that leans on its forearm: the elbow stays at its place, the forearm lies as directed."""

    elbow: Vector
    forearm: Vector
    thumb: Vector
    grip: str = "flat"


@dataclass(frozen=True)
class Swung:
    """A limb between two solved moments: directions of its parts and hinge in the frame it hangs from."""

    upper: Vector
    lower: Vector
    tip: Vector
    hinge: Vector
    over: Vector
    grip: str = ""
    toes: float = 0


Plan = Angles | Reach | Propped | Swung


@dataclass(frozen=True)
class Anchor:
    """What stays where: without y it rests on what is under it."""

    part: str
    x: float
    y: float | None
    z: float


@dataclass(frozen=True)
class Pose:
    """One pose, ready to be solved."""

    anchor: Anchor
    limbs: dict[str, Plan]
    numbers: dict[str, float]
    head_on: float | None = None  # the height of what the head rests on, where the neck bends as it must

    def __getattr__(self, name: str) -> float:
        try:
            return self.__dict__["numbers"][name]
        except KeyError:
            raise AttributeError(name) from None

    def mirrored(self) -> Pose:
        """The same pose mirrored."""
        anchor = replace(self.anchor, part=_other_side(self.anchor.part), z=-self.anchor.z)
        limbs = {_other_side(name): plan for name, plan in self.limbs.items()}
        numbers = {name: -value if name in MIRRORED else value for name, value in self.numbers.items()}
        return Pose(anchor, limbs, numbers, self.head_on)


def _other_side(name: str) -> str:
    side, _, part = name.partition("_")
    return {"near": f"far_{part}", "far": f"near_{part}"}.get(side, name)
