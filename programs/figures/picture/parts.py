"""A body as flat coloured parts, each with its depth, ready to be sorted and animated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..rig.body import Body, Slice
from ..rig.vectors import Vector, mix
from ..women import Cloth, Woman
from .camera import Camera
from .outline import swept, trunk_row
from .shapes import Path, blob


class Part(NamedTuple):
    """One flat shape: what it is called, its colour, how near it is, its outline.

    `edge` is the colour of the line around an area, `rim` its width where it is not the usual one. Parts of one
    `union` that follow each other share one line around them all. `line` is the width of what is only a line.
    `again` names an earlier part whose area is drawn once more here, without its line. A `detail` is left out
    where it would have to change its form all the time. Neighbours of one `chain` hang together;
    `frame` is where the origin of what is rigid is, and how it is turned. Places in `rigid` tell how a part moves
    that never changes its form: only at the first moment it has a path.
    """

    name: str
    colour: str
    depth: float
    path: Path
    edge: str = ""
    rim: int = 0
    line: int = 0
    opacity: float = 1
    union: str = ""
    again: str = ""
    detail: bool = False
    chain: str = ""
    frame: tuple[complex, complex] | None = None
    rigid: tuple[complex, ...] = ()


def mean_depth(camera: Camera, *places: Vector) -> float:
    """How near to the viewer the places are, on average."""
    return sum(camera.depth(place) for place in places) / len(places)


def trunk_depth(body: Body, camera: Camera) -> float:
    """How near the middle of the trunk is."""
    return mean_depth(camera, *(part.center for part in body.slices.values()))


def trunk_parts(body: Body, woman: Woman, camera: Camera, depth: float) -> Iterator[Part]:
    """Pelvis, the pelvis once more over the roots of the thighs, and the shirt with its hem."""
    row = trunk_row(body.slices.values(), camera)
    hem = _hem(*list(body.slices.values())[2:4])
    shirt = swept([*trunk_row([hem], camera), *row[3:]], (0.12, 0.15))
    pelvis = blob(swept(row[:5], (0.5, 0.2)))
    yield Part("pelvis", woman.legs.near, depth - 0.3, pelvis, woman.legs.line)
    yield Part("hips", woman.legs.near, depth - 0.15, pelvis, again="pelvis")
    yield Part("top", woman.top.near, depth, blob(shirt), woman.top.line, chain="body")


def _hem(hips: Slice, belly: Slice) -> Slice:
    """The lower edge of the shirt, a little off the skin."""
    return hips._replace(
        center=mix(hips.center, belly.center, 0.5),
        front=mix(hips.front, belly.front, 0.5) + 0.9,
        back=mix(hips.back, belly.back, 0.5) + 0.4,
        side=mix(hips.side, belly.side, 0.5) + 0.6,
    )


def shade(cloth: Cloth, is_far: bool) -> str:
    """The colour of the near or of the far side."""
    return cloth.far if is_far else cloth.near
