"""What stands or lies in the room. Each drawing takes what the file says of it, and the camera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from ..rig.vectors import Vector
from . import palette
from .camera import Camera
from .parts import Part
from .shapes import NOTHING, line
from .solids import box, hull

BEHIND_ALL = -120.0
UNDER_ALL = -200.0
LEG = 3.5  # the width of a chair's legs


def at(place: Sequence[float]) -> Vector:
    """A place given by one to three numbers."""
    return (*map(float, place), 0.0, 0.0)[:3]


def pillow(given: Mapping, camera: Camera) -> list[Part]:
    """A pillow that lies there; y is its lower edge."""
    (x, y, z), (long, high, wide) = at(given["pillow"]), given.get("size", (34, 12, 40))
    low, above = (x - long / 2, y, z - wide / 2), (x + long / 2, y + high, z + wide / 2)
    colour = palette.CASE if given.get("on_bed") else palette.PILLOW
    return [box(camera, low, above, colour, high * 0.42, given.get("tilt", 0))]


def chair(given: Mapping, camera: Camera, place: str = "chair") -> list[Part]:
    """A chair that faces right; its place is the middle of the seat. Without a back it is a stool."""
    x, _, z = at(given[place])
    height, back = given.get("height", 40), given.get("back", 60)
    half, side = given.get("deep", 36) / 2, 20 if back else 17
    seat = box(camera, (x - half, height - 5, z - side), (x + half, height, z + side), palette.WOOD)
    sides, line_width = (z - side + 3, z + side - 3), round(camera.size(LEG))
    legs = NOTHING
    for leg_x, leg_z in product((x - half + 3, x + half - 3), sides):
        legs += line(camera.point((leg_x, height - 4, leg_z)), camera.point((leg_x, 1.5, leg_z)))
    parts = [
        Part("legs", palette.FAR_WOOD, seat.depth - 40, legs, line=line_width),
        seat._replace(name="seat", depth=seat.depth - 30),
    ]
    return parts + (_back(x - half, height, back, sides, camera) if back else [])


def _back(x: float, height: float, back: float, sides: tuple[float, float], camera: Camera) -> list[Part]:
    def post(share: float, z: float) -> Vector:
        return (x + 3 - 7 * share, height + back * share, z)

    posts = NOTHING
    for z in sides:
        posts += line(camera.point(post(0, z)), camera.point(post(1, z)))
    depth = camera.depth((x, height, sum(sides) / 2))
    board = hull(camera, [post(share, z) for share in (0.55, 1) for z in sides], palette.WOOD)
    return [
        Part("posts", palette.FAR_WOOD, depth - 20, posts, line=round(camera.size(LEG))),
        board._replace(name="back", depth=depth - 19),
    ]


def stool(given: Mapping, camera: Camera) -> list[Part]:
    """A low seat without a back."""
    return chair({"height": 26, "deep": 30, **given, "back": 0}, camera, "stool")


def wall(given: Mapping, camera: Camera) -> list[Part]:
    """A wall seen from the side: its face is at x, its body behind her or, with `before`, before her."""
    x = float(given["wall"])
    left = x if given.get("before") else x - 7
    return [box(camera, (left, 0, -34), (left + 7, 205, 34), palette.WOOD, 1)._replace(depth=BEHIND_ALL)]


def counter(given: Mapping, camera: Camera) -> list[Part]:
    """A kitchen counter before her; its edge is at x."""
    x, height = float(given["counter"]), given.get("height", 104)
    front = box(camera, (x + 4, 0, -30), (x + 34, height - 6, 30), palette.FAR_WOOD)
    top = box(camera, (x, height - 6, -32), (x + 36, height, 32), palette.WOOD)
    return [front._replace(name="front", depth=BEHIND_ALL), top._replace(name="top", depth=BEHIND_ALL + 1)]


def bed(given: Mapping, camera: Camera) -> list[Part]:
    """A bed between two x; `width` says from which z to which."""
    (left, right), (far, near) = given["bed"], depths(given)
    height = given.get("height", 40)
    blocks = (
        ("base", box(camera, (left, 6, far), (right, height - 12, near), palette.FAR_WOOD)),
        ("mattress", box(camera, (left - 2, height - 14, far), (right + 2, height, near), palette.WOOD, 4)),
        ("sheet", box(camera, (left, height - 3, far + 2), (right, height, near - 2), palette.PILLOW, 1.5)),
    )
    return [part._replace(name=name, depth=BEHIND_ALL + place) for place, (name, part) in enumerate(blocks)]


def mat(given: Mapping, camera: Camera) -> list[Part]:
    """A mat on the floor between two x, for views from above."""
    (left, right), (far, near) = given["mat"], depths(given)
    return [box(camera, (left, -3, far), (right, 0, near), palette.MAT, 1.5)._replace(depth=UNDER_ALL)]


def depths(given: Mapping) -> tuple[float, float]:
    """From which z to which a bed or mat lies: `width` as two numbers, or as one about the middle."""
    wide = given.get("width", 64)
    return (-wide / 2, wide / 2) if isinstance(wide, int | float) else tuple(wide)
