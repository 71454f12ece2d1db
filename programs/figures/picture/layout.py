"""Where in the picture everything goes: one panel or several, the body and the section within them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from ..rig.vectors import Vector
from ..scene import Frame, Scene
from .camera import Box, Camera, box_of
from .props import lies_on_floor, reach
from .section import scale_in

WIDE, HIGH = 1000, 750  # of every picture, four to three, so that who stands is as well seen as who lies
MARGIN, GAP = 25, 20
BADGE = 55  # the height a pose's number needs under its panel
LARGEST = 5.5  # picture units for one of the body's, so that a small pose does not make a giant of her
NEAR_FLOOR = 20  # how high what belongs to the floor may be
ROUND = 10  # how far the floor seen from above goes on around her
SOME = 3  # of so many moments one tells how far she reaches
HAIR = 2.5  # how far hair may stand out over the head's ball

# What is comfortable to look at: the picture units for one unit of the body and of the section.
GOOD_BODY, GOOD_SECTION = 3.7, 1.25


class Seen(NamedTuple):
    """What of a scene has to be in the picture: its box at scale 1, and where on a floor seen from above it is."""

    camera: Camera
    box: Box
    floor: list[Vector]
    inside: bool  # whether the section is shown too


class Room(NamedTuple):
    """A panel's floor line and camera, its floor seen from above, and the places of section and body."""

    floor: tuple[float, float]
    camera: Camera
    ground: Box | None
    section: Box | None
    body: Box


@lru_cache(2)  # the moving and the still picture of one scene
def look_at(scene: Scene) -> Seen:
    """The body through the loop, the things around her and the floor; or only what is to be seen close."""
    return look_at_some(scene, scene.frames if scene.fade else [*scene.frames[::SOME], *scene.key_frames])


def look_at_some(scene: Scene, frames: Sequence[Frame]) -> Seen:
    """The same for some moments of the loop."""
    camera = scene.camera
    balls = [ball for frame in frames for ball in frame.body.balls()]
    if scene.close:
        box = box_of((camera.point(place), 1) for place in scene.close)
        return Seen(camera, box, [], bool(scene.section))
    things = [place for prop in scene.props for place in reach(prop)]
    floor = []
    if camera.pitch and not any(map(lies_on_floor, scene.props)):
        floor = [(x, 0.0, z) for x, y, z in (*(place for _, place, _ in balls), *things) if y < NEAR_FLOOR]
    circles = [(camera.point(place), radius + HAIR) for _, place, radius in balls]
    circles += [
        (camera.point(place), 2) for place in (*things, *(spot for way in scene.arrows for spot in way))
    ]
    circles += [(camera.point(place), ROUND) for place in floor]
    if scene.lens:
        circles.append((camera.point(scene.lens["to"]), scene.lens["radius"]))
    if not camera.pitch:
        circles.append(((circles[0][0][0], 0.0), 2))
    return Seen(camera, box_of(circles), floor, bool(scene.section))


def whole() -> Box:
    """The one panel of a picture."""
    return MARGIN, MARGIN, WIDE - MARGIN, HIGH - MARGIN


def room(seen: Seen, panel: Box) -> Room:
    """The panel divided between body and section so that both are well seen."""
    if not seen.inside:
        return _room(seen, panel, None)
    return max((_room(seen, *parts) for parts in _divisions(panel)), key=_score)


def panels(seen: Seen, count: int) -> list[Box]:
    """Equal panels for that many poses, in as many columns as show her largest."""
    if count == 1:
        return [whole()]
    grids = (_grid(count, columns) for columns in range(1, count + 1))
    return max(grids, key=lambda boxes: _score(room(seen, boxes[0])))


def _grid(count: int, columns: int) -> list[Box]:
    """Panels in rows of so many, each with room for its number under it."""
    rows = ceil(count / columns)
    across, down = (WIDE - 2 * MARGIN + GAP) / columns, (HIGH - MARGIN) / rows
    places = [(MARGIN + across * (at % columns), down * (at // columns)) for at in range(count)]
    return [(x, y + MARGIN, x + across - GAP, y + down - BADGE + MARGIN / 5) for x, y in places]


def _divisions(panel: Box) -> Iterator[tuple[Box, Box]]:
    """Ways to give one part of the panel to the body and one to the section: beside it, or above it."""
    left, top, right, bottom = panel
    for share in range(25, 76, 5):
        x = left + (right - left) * share / 100
        y = top + (bottom - top) * share / 100
        yield (left, top, x - GAP / 2, bottom), (x + GAP / 2, top, right, bottom)
        yield (left, y + GAP / 2, right, bottom), (left, top, right, y - GAP / 2)


def _score(seen: Room) -> float:
    body = seen.camera.scale / GOOD_BODY
    return min(body, scale_in(seen.section) / GOOD_SECTION) if seen.section else body


def _room(seen: Seen, panel: Box, section: Box | None) -> Room:
    camera = seen.camera.fitted(seen.box, panel, LARGEST)
    ground = box_of((camera.point(place), camera.size(ROUND)) for place in seen.floor) if seen.floor else None
    return Room((panel[0], panel[2]), camera, ground, section, panel)
