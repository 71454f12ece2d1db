"""What a joint's numbers do to its place in the picture, for who drags it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from .errors import FigureError
from .joints import Joint, place_of
from .numbers import Path, numbers_of, whole_poses, with_numbers
from .picture.camera import Camera, Point
from .reading import read_pose
from .rig.anatomy import Build
from .rig.body import LIMBS
from .rig.solving import solve
from .scene import read_scene
from .women import WOMEN

PROBE = 0.25  # degrees or units, to find how far a number moves the joint
PUT = ("foot", "ankle_at", "palm", "hand")  # the keys of a limb that is put somewhere
SEEN = 0.35  # numbers that move the joint less than this share of the others, as seen from here, stay as they are


class Drag(NamedTuple):
    """What is dragged where: the pose (from 0), the joint's name, the point; the other side too if `both`."""

    pose: int
    joint: str
    to: Point
    both: bool = False


class Pull:
    """One drag: what the joint's numbers do to its place in the picture."""

    def __init__(
        self, name: str, figure: Mapping[str, Any], drag: Drag, joint: Joint, camera: Camera, build: Build
    ) -> None:
        self.name, self.figure, self.drag = name, figure, drag
        self.joint, self.camera, self.build = joint, camera, build
        known = [number for number in numbers_of(figure) if number.pose == drag.pose]
        self.start = [number for number in known if number.path in joint.paths]
        twins = {_twin(number.path) for number in self.start} if drag.both else set()
        self.twins = [number for number in known if number.path in twins]

    def as_seen(self) -> Pull:
        """The same with those numbers only that move the joint across the picture rather than into it."""
        slopes = [length(slope) for slope in self.slopes([number.value for number in self.start])]
        pairs = zip(self.start, slopes, strict=True)
        self.start = [number for number, slope in pairs if slope >= SEEN * max(slopes)]
        return self

    @cached_property
    def root(self) -> Point | None:
        """Where a limb that is put somewhere hangs, in the picture; None for a joint that turns."""
        limb, *key = self.joint.paths[0]
        if limb not in LIMBS or key[0] not in PUT:
            return None
        whole = whole_poses(self.figure)[self.drag.pose]
        return self.camera.point(solve(read_pose(whole)[0], self.build).limbs[str(limb)].root)

    def figure_with(self, values: Sequence[float]) -> dict[str, Any]:
        """The figure with these values of the joint's numbers, on the other side too where that is asked."""
        new = [number._replace(value=value) for number, value in zip(self.start, values, strict=True)]
        by_twin = {_twin(number.path): number.value for number in new}
        new += [
            number._replace(value=by_twin[number.path]) for number in self.twins if number.path in by_twin
        ]
        return with_numbers(self.figure, new)

    def seen(self, values: Sequence[float]) -> Point:
        """Where the joint is in the picture."""
        whole = whole_poses(self.figure_with(values))[self.drag.pose]
        return self.camera.point(place_of(self.joint.name, solve(read_pose(whole)[0], self.build)))

    def way_left(self, values: Sequence[float]) -> Point:
        """The way from the joint to where it is dragged."""
        x, y = self.seen(values)
        return self.drag.to[0] - x, self.drag.to[1] - y

    def slopes(self, values: Sequence[float]) -> list[Point]:
        """How far each number moves the joint across the picture, by degree or unit."""
        x, y = self.seen(values)
        probes = (self._probed(values, at) for at in range(len(values)))
        return [((there[0] - x) / by, (there[1] - y) / by) for there, by in probes]

    def _probed(self, values: Sequence[float], at: int) -> tuple[Point, float]:
        """Where the joint goes with one number a little changed, and by how much it was."""
        for by in (PROBE, -PROBE):
            try:
                return self.seen([value + by * (at == other) for other, value in enumerate(values)]), by
            except (FigureError, ValueError):
                continue
        return self.seen(values), PROBE

    def is_possible(self, values: Sequence[float]) -> bool:
        """Whether all poses can be drawn for every woman."""
        try:
            for woman in WOMEN.values():
                read_scene(self.name, self.figure_with(values), woman=woman)
        except FigureError:
            return False
        return True


def _twin(path: Path) -> Path:
    """The path of the same number on the other side; of the trunk the same path."""
    other = {"near": "far", "far": "near"}
    side, _, part = str(path[0]).partition("_")
    return (f"{other[side]}_{part}", *path[1:]) if side in other else path


def length(way: Point) -> float:
    """How long a way in the picture is."""
    return (way[0] ** 2 + way[1] ** 2) ** 0.5
