"""What stands or lies in the room. Each drawing takes what the file says of it, and the camera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, pi, radians, sin

from ..rig.vectors import Vector, add, vector
from ..women import Cloth
from . import palette
from .camera import Camera
from .parts import Part
from .shapes import NOTHING, Path, around, blob, line, soft_line
from .solids import at_depth, box, solid

BEHIND_ALL = -120.0
UNDER_ALL = -200.0
LEG = 3.4  # the width of a chair's legs
PINCH = 0.85  # how far the middle of a pillow's sides is fuller than its corners


def at(place: Sequence[float]) -> Vector:
    """A place given by one to three numbers."""
    return vector((*place, 0.0, 0.0)[:3])


def pillow(given: Mapping, camera: Camera) -> list[Part]:
    """A pillow that lies there; y is its lower edge."""
    (x, y, z), (long, high, wide) = at(given["pillow"]), given.get("size", (34, 12, 40))
    tilt = radians(given.get("tilt", 0))
    ahead, over = (cos(tilt), sin(tilt), 0.0), (-sin(tilt), cos(tilt), 0.0)
    sizes = (long / 2, high / 2, wide / 2)
    return cushion_at(camera, add((x, y, z), (over[0] * sizes[1], over[1] * sizes[1], 0)), ahead, over, sizes)


def cushion_at(
    camera: Camera, middle: Vector, ahead: Vector, over: Vector, sizes: Vector, cloth: Cloth = palette.PILLOW
) -> list[Part]:
    """A stuffed pillow about its middle, with drawn-in corners and a seam; `sizes` are half its own."""
    aside = _across(ahead, over)

    def spot(u: float, v: float, w: float) -> complex:
        ways = zip((ahead, over, aside), (u, v, w), sizes, strict=True)
        return camera.spot(
            add(middle, *(tuple(part * share * size for part in way) for way, share, size in ways))
        )

    steps = [sin(k * pi / 8) for k in range(-4, 5)]
    skin = [
        spot(u, v * (1 - PINCH * u**4) * (1 - PINCH * w**4), w)
        for u in steps
        for w in steps
        for v in (-1, 1)
        if abs(u * w) < 0.92
    ]
    depth = camera.depth(middle)
    edge = 1 if camera.depth(over) > 0.2 else 0
    seam = soft_line(
        *(
            spot(u * 0.94, 0.2 * edge, w * 0.94)
            for u, w in ((-1, -0.2), (-0.9, 0.9), (0, 1), (0.9, 0.9), (1, -0.2))
        )
    )
    return [
        Part("", cloth.near, depth, blob(around(skin, 24)), cloth.line),
        Part("seam", cloth.far, depth + 0.01, seam, line=max(2, round(camera.size(0.7)))),
    ]


def _across(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def chair(given: Mapping, camera: Camera, place: str = "chair") -> list[Part]:
    """A chair that faces right; its place is the middle of the seat. Without a back it is a stool."""
    x, _, z = at(given[place])
    height, back = given.get("height", 40), given.get("back", 60)
    half, side = given.get("deep", 36) / 2, 20 if back else 17
    seat = box(camera, (x - half, height - 5, z - side), (x + half, height, z + side), palette.WOOD)
    sides, depth = (z - side + 3, z + side - 3), seat[1].depth
    legs = NOTHING
    for leg_x, leg_z in product((x - half + 3, x + half - 3), sides):
        legs += line(camera.spot((leg_x, height - 4, leg_z)), camera.spot((leg_x, 1.5, leg_z)))
    parts = [*_poles("legs", depth - 40, legs, camera), *at_depth(seat, "seat", depth - 30)]
    return parts + (_back(x - half, height, back, sides, camera) if back else [])


def _poles(name: str, depth: float, lines: Path, camera: Camera, wide: float = LEG) -> list[Part]:
    """Thin round wood: a line around it, and it."""
    width = round(camera.size(wide))
    return [
        Part(f"{name} line", palette.WOOD.line, depth - 0.002, lines, line=width + 4),
        Part(name, palette.WOOD.far, depth, lines, line=width),
    ]


def _back(x: float, height: float, back: float, sides: tuple[float, float], camera: Camera) -> list[Part]:
    def post(share: float, z: float) -> Vector:
        return (x + 3 - 7 * share, height + back * share, z)

    posts = NOTHING
    for z in sides:
        posts += line(camera.spot(post(0, z)), camera.spot(post(1, z)))
    depth = camera.depth((x, height, sum(sides) / 2))
    board = solid(camera, [post(share, z) for share in (0.55, 1) for z in sides], palette.WOOD)
    return [*_poles("posts", depth - 20, posts, camera), *at_depth(board, "back", depth - 19)]


def stool(given: Mapping, camera: Camera) -> list[Part]:
    """A low seat without a back."""
    return chair({"height": 26, "deep": 30, **given, "back": 0}, camera, "stool")


def wall(given: Mapping, camera: Camera) -> list[Part]:
    """A wall seen from the side: its face is at x, its body behind her or, with `before`, before her."""
    x = float(given["wall"])
    left = x if given.get("before") else x - 7
    return at_depth(box(camera, (left, 0, -34), (left + 7, 205, 34), palette.WALL, 1), "wall", BEHIND_ALL)


def counter(given: Mapping, camera: Camera) -> list[Part]:
    """A kitchen counter before her; its edge is at x."""
    x, height = float(given["counter"]), given.get("height", 104)
    front = box(camera, (x + 4, 0, -30), (x + 34, height - 6, 30), palette.WALL)
    top = box(camera, (x, height - 6, -32), (x + 36, height, 32), palette.WOOD)
    return [*at_depth(front, "front", BEHIND_ALL), *at_depth(top, "top", BEHIND_ALL + 1)]


def bed(given: Mapping, camera: Camera) -> list[Part]:
    """A bed between two x; `width` says from which z to which."""
    (left, right), (far, near) = given["bed"], depths(given)
    height = given.get("height", 40)
    base = box(camera, (left, 4, far), (right, height - 12, near), palette.WOOD)
    quilt = box(camera, (left - 2, height - 16, far - 1), (right + 2, height, near + 1), palette.QUILT, 4)
    return [*at_depth(base, "base", BEHIND_ALL), *at_depth(quilt, "quilt", BEHIND_ALL + 1)]


def mat(given: Mapping, camera: Camera) -> list[Part]:
    """A mat on the floor between two x."""
    (left, right), (far, near) = given["mat"], depths(given)
    return at_depth(box(camera, (left, -3, far), (right, -0.2, near), palette.MAT, 1), "mat", UNDER_ALL)


def depths(given: Mapping) -> tuple[float, float]:
    """From which z to which a bed or mat lies: `width` as two numbers, or as one about the middle."""
    wide = given.get("width", 64)
    return (-wide / 2, wide / 2) if isinstance(wide, int | float) else tuple(wide)
