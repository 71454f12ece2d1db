"""Things of everyday life: a laundry basket, a car seat, a stroller. Each takes what the file says of it, and the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from ..rig.body import Body
from ..rig.landmarks import landmark
from ..rig.vectors import Vector, add
from . import palette
from .camera import Camera
from .furniture import at
from .parts import Part
from .shapes import around, blob, clockwise, disc, line, soft_line

HELD = 4.0  # units by which what is held is nearer than its middle
Outline = Sequence[tuple[float, float]]
TOWELS = ((-9, palette.QUILT), (8, palette.CUSHION))
SHELL: Outline = (
    (-30, 33),
    (-27, 14),
    (-16, 1),
    (-4, -1),
    (14, -1),
    (28, 8),
    (30, 17),
    (18, 13),
    (-6, 13),
    (-20, 22),
    (-25, 34),
)
LINING: Outline = ((-27, 32), (-20, 36), (-10, 24), (6, 18), (22, 20), (24, 12), (-20, 10))
HANDLE: Outline = ((-17, 15), (-17, 40), (-4, 51), (4, 51), (15, 40), (15, 14))
# Of a stroller seen from the side, from the middle of its handle; its wheels stand on the floor.
PUSHED: Outline = ((-7, 2), (0, 1), (8, -6), (28, -46))
FRAME: Sequence[Outline] = (((28, -46), (56, -90)), ((50, -52), (17, -90)))
COT: Outline = ((17, -25), (16, -38), (24, -52), (46, -56), (68, -52), (77, -38), (78, -25))
QUILT: Outline = ((16, -27), (20, -21), (32, -19), (46, -21), (50, -30), (18, -30))
HOOD: Outline = ((44, -27), (43, -12), (52, 0), (66, -1), (77, -12), (79, -27))
WHEELS, WHEEL_R, HUB_R = ((17, -91), (56, -91)), 10.5, 4


def held_at(place: str | Sequence[float], given: Mapping, body: Body) -> Vector:
    """Where a thing is: at a place of the body moved by `shift`, or where the file says."""
    if isinstance(place, str):
        return add(landmark(place, body), at(given.get("shift", (0, 0, 0))))
    return at(place)


def basket(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A laundry basket with towels; its place is the middle of its rim."""
    x, y, z = held_at(given["basket"], given, body)

    def spot(u: float, v: float, w: float = 0) -> complex:
        return camera.spot((x + u, y - 18 + v, z + w))

    depth = camera.depth((x, y, z)) + HELD
    rim = [spot(u, 20, w) for u in (-19, 19) for w in (-13, 13)]
    foot = [spot(u, 0, w) for u in (-14, 14) for w in (-10, 10)]
    parts = [
        _towel([spot(u + 9.5 * cos(k * pi / 6), 21 + 6.5 * sin(k * pi / 6)) for k in range(12)], place, depth)
        for place, (u, _) in enumerate(TOWELS)
    ]
    parts.append(Part("side", palette.WOOD.near, depth, blob(around(rim + foot, 24)), palette.WOOD.line))
    slots = sum((line(spot(u - 2.6, v, 12), spot(u + 2.6, v, 12)) for v in (6, 12) for u in (-9, 0, 9)), ())
    width = max(2, round(camera.size(1.6)))
    return [*parts, Part("slots", palette.WOOD.line, depth + 0.01, slots, line=width)]


def _towel(ring: Sequence[complex], place: int, depth: float) -> Part:
    cloth = TOWELS[place][1]
    return Part(
        f"towel {place}", cloth.near, depth - 0.02 + place * 0.001, blob(around(ring, 16)), cloth.line
    )


def carrier(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A baby's car seat with its handle up; its place is where the hand holds it."""
    x, y, z = held_at(given["carrier"], given, body)

    def flat(outline: Outline) -> list[complex]:
        return [camera.spot((x + u, y - 51 + v, z)) for u, v in outline]

    depth = camera.depth((x, y, z)) + HELD
    handle = soft_line(*flat(HANDLE))
    width = round(camera.size(3))
    return [
        Part("handle line", palette.SEAT.line, depth - 0.03, handle, line=width + 4),
        Part("handle", palette.SEAT.far, depth - 0.02, handle, line=width),
        Part("lining", palette.PILLOW.near, depth - 0.01, blob(clockwise(flat(LINING))), palette.PILLOW.line),
        Part("shell", palette.SEAT.near, depth, blob(clockwise(flat(SHELL))), palette.SEAT.line),
    ]


def stroller(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A stroller with its hood up, pushed to the right; its place is the middle of its handle."""
    x, y, z = held_at(given["stroller"], given, body)

    def flat(outline: Outline) -> list[complex]:
        return [camera.spot((x + u, y + v, z)) for u, v in outline]

    depth, width = camera.depth((x, y, z)) + HELD, round(camera.size(2.6))
    poles = sum((line(*flat(pole)) for pole in FRAME), soft_line(*flat(PUSHED)))
    wheels, hubs = (
        sum((disc(place, camera.size(radius)) for place in flat(WHEELS)), ()) for radius in (WHEEL_R, HUB_R)
    )
    cloth, seat = palette.QUILT, palette.SEAT
    return [
        Part("poles line", seat.line, depth - 0.06, poles, line=width + 4),
        Part("poles", seat.far, depth - 0.05, poles, line=width),
        Part("wheels", seat.far, depth - 0.04, wheels, seat.line),
        Part("hubs", cloth.near, depth - 0.03, hubs, cloth.line),
        Part("quilt", cloth.near, depth - 0.02, blob(clockwise(flat(QUILT))), cloth.line),
        Part("hood", seat.far, depth - 0.01, blob(clockwise(flat(HOOD))), seat.line),
        Part("cot", seat.near, depth, blob(clockwise(flat(COT))), seat.line),
    ]
