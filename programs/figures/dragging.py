"""Drag a joint of a pose to a point of its picture: the numbers that bring it there, or as near as the body can.

The numbers are found by damped least squares. They stay within their limits, and where one of the women could not be
drawn any more, the joint stops before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import copysign
from typing import Any, NamedTuple

from .errors import FigureError
from .joints import joints_of
from .numbers import Number, Path, whole_poses
from .picture.camera import Point
from .picture.drawing import framed
from .pulling import Drag, Pull, length
from .scene import read_scene
from .women import INES, Woman

ROUNDS, HALVES = 14, 5
DAMPING = 0.4  # against large turns for a small way; picture units squared
EXACT, TRIES = 1e-6, 9
LONGEST = 25.0  # degrees or units in one round
NEAR = 0.05  # picture units; a smaller gain is none
ON_FLOOR = 1.5  # so near the floor, a foot is put on it
HEIGHTS: tuple[Path, ...] = (("foot", 1),)


class Limits(NamedTuple):
    """Where a number may lie, and in which steps."""

    least: float
    most: float
    step: float


def dragged(
    name: str,
    figure: Mapping[str, Any],
    drag: Drag,
    limits: Callable[[Number], Limits],
    woman: Woman = INES,
) -> dict[str, Any]:
    """Return the figure with the joint dragged. Raise FigureError where the figure or the joint is none."""
    joint = next((one for one in joints_of(whole_poses(figure)[drag.pose]) if one.name == drag.joint), None)
    if joint is None:
        raise FigureError(f"{name}: no joint “{drag.joint}” in this pose")
    camera = framed(read_scene(name, figure, woman=woman), drag.pose).camera
    pull = Pull(name, figure, drag, joint, camera, woman.build).as_seen()
    within = [limits(number) for number in pull.start]
    best = (_placed if pull.root else _turned)(pull, within)
    return pull.figure_with(_rounded(pull, best, within))


def _placed(pull: Pull, within: Sequence[Limits]) -> list[float]:
    """The numbers that put a hand or foot at the point, or as far towards it from hip or shoulder as it goes."""
    start = [number.value for number in pull.start]
    slopes, here = pull.slopes(start), pull.seen(start)
    (root_x, root_y), (to_x, to_y) = pull.root or here, pull.drag.to
    best, near, far, share = start, 0.0, 1.0, 1.0
    for _ in range(TRIES):
        left = (root_x + share * (to_x - root_x) - here[0], root_y + share * (to_y - root_y) - here[1])
        there = _within(start, _solved(slopes, left, damping=EXACT), within)
        if not pull.is_possible(there):
            far = share
        elif share == 1:
            return there
        else:
            best, near = there, share
        share = (near + far) / 2
    return best


def _turned(pull: Pull, within: Sequence[Limits]) -> list[float]:
    """The numbers that bring a joint as near to the point as its limb turns."""
    best = [number.value for number in pull.start]
    for _ in range(ROUNDS):
        step = _solved(pull.slopes(best), pull.way_left(best), DAMPING)
        better = _nearer(pull, best, [max(-LONGEST, min(LONGEST, by)) for by in step], within)
        if better is None:
            break
        best = better
    return best


def _solved(slopes: Sequence[Point], left: Point, damping: float) -> list[float]:
    """How much each number has to change for the joint to go this way across the picture."""
    left_x, left_y = left
    # Solves (J Jᵀ + damping) v = left, a system of two equations; the step is Jᵀ v.
    xx, yy = (sum(slope[at] ** 2 for slope in slopes) + damping for at in (0, 1))
    xy = sum(dx * dy for dx, dy in slopes)
    size = xx * yy - xy * xy
    v_x, v_y = (yy * left_x - xy * left_y) / size, (xx * left_y - xy * left_x) / size
    return [dx * v_x + dy * v_y for dx, dy in slopes]


def _within(values: Sequence[float], step: Sequence[float], within: Sequence[Limits]) -> list[float]:
    """The values after the step, each stopped at its limit."""
    return [
        max(limits.least, min(limits.most, value + by))
        for value, by, limits in zip(values, step, within, strict=True)
    ]


def _nearer(
    pull: Pull, values: list[float], step: Sequence[float], within: Sequence[Limits]
) -> list[float] | None:
    """The values after the step, or a part of it; None where no part brings the joint nearer."""
    before = length(pull.way_left(values))
    for part in _parts(step):
        there = _within(values, part, within)
        if pull.is_possible(there) and length(pull.way_left(there)) < before - NEAR:
            return there
    return None


def _parts(step: Sequence[float]) -> Iterator[list[float]]:
    """The step, shorter and shorter; then each number's part of it alone, so that a joint glides along its limit."""
    yield from ([by / 2**half for by in step] for half in range(HALVES))
    for alone in range(len(step) if len(step) > 1 else 0):
        yield [by if at == alone else 0.0 for at, by in enumerate(step)]


def _rounded(pull: Pull, values: Sequence[float], within: Sequence[Limits]) -> list[float]:
    """The values in whole steps, near the floor on it; stepped back or as they are where that cannot be drawn."""
    for back in (0.0, 0.5, 1.0):
        new = [
            _stepped(number, value, limits.step, back)
            for number, value, limits in zip(pull.start, values, within, strict=True)
        ]
        if pull.is_possible(new):
            return new
    return list(values)


def _stepped(number: Number, value: float, step: float, back: float) -> float:
    """The value in whole steps, so many steps nearer to what it was; a foot near the floor on it."""
    if number.path[1:] in HEIGHTS and abs(value) < ON_FLOOR:
        return 0.0
    way = value - number.value
    if abs(way) < step / 2 or abs(way) < back * step:
        return number.value
    return round(round((value - copysign(back * step, way)) / step) * step, 2)
