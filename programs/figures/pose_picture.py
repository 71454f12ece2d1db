"""The picture of one key pose with its handles: what the pose editor shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import FigureError
from .joints import joints_of, place_of
from .numbers import whole_poses
from .picture.drawing import framed, posed
from .scene import read_scene
from .women import INES, Woman


class Handle(NamedTuple):
    """A joint to take hold of, and where it is in the picture."""

    name: str
    x: float
    y: float


class PosePicture(NamedTuple):
    """The picture of one pose as SVG, and its handles."""

    svg: str
    handles: list[Handle]


def picture_of(
    name: str,
    figure: Mapping[str, Any],
    number: int,
    woman: Woman = INES,
    framed_as: Mapping[str, Any] | None = None,
) -> PosePicture:
    """Return one pose, counted from 0, within a tenth of a second.

    It is in the frame of the same pose of `framed_as`, so that nothing jumps. Raise FigureError, naming the exercise.
    """
    if isinstance(figure.get("poses"), list) and len(figure["poses"]) > MAX_POSES:
        raise FigureError(f"{name}: poses: there may be up to {MAX_POSES}")
    scene = read_scene(name, figure, woman=woman)
    if number not in range(len(scene.poses)):
        raise FigureError(f"{name}: there are {len(scene.poses)} poses, counted from 0")
    try:
        place = framed(read_scene(name, framed_as, woman=woman) if framed_as else scene, number)
        body, whole = scene.key_frames[number].body, whole_poses(figure)[number]
        points = {joint.name: place.camera.point(place_of(joint.name, body)) for joint in joints_of(whole)}
        svg = posed(scene, number, place)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise FigureError(f"{name}: it cannot be drawn: {error}") from error
    return PosePicture(svg, [Handle(joint, round(x, 1), round(y, 1)) for joint, (x, y) in points.items()])


MAX_POSES = 12
