"""A baby of some weeks: a large head, a round trunk, legs drawn up. Only where one may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..rig.body import Body, Slice
from ..rig.vectors import Frame, Vector, add, cross, mix, unit
from . import palette
from .camera import Camera
from .daily import HELD, held_at
from .furniture import at
from .outline import swept, trunk_row
from .parts import Part
from .shapes import Path, blob, soft_line

Level = tuple[
    float, float, float, float, float
]  # up from the chest, how far forward, then ahead, behind, beside
TRUNK: tuple[Level, ...] = (
    (-13.5, -0.5, 5.4, 6.4, 5.6),
    (-9, 0.4, 7, 7, 6.8),
    (-3, 0.6, 6.8, 6.4, 6.6),
    (3, 0, 5.4, 5.4, 6),
    (6.4, 0, 3.4, 3.4, 3.6),
)
HAIR: tuple[Level, ...] = (
    (11.6, -3, 3, 4, 4),
    (16, -2.4, 6, 8, 8),
    (21, -1.6, 8, 8, 8),
    (24.6, -1.6, 5, 5.6, 5.6),
)
FACE: tuple[Level, ...] = (
    (8.6, 1, 4.6, 4.6, 5),
    (10.6, 1.4, 6.8, 6, 7.4),
    (14, 1, 7.6, 5, 8.2),
    (18.6, 1, 7.4, 4, 7.8),
    (22.6, 1.6, 5, 4, 5.6),
)
# Upper and lower part of a limb: from, to, and how thick; all as (forward, up, aside).
LEG = (((1, -11, 3.4), (9, -13, 4.6), 4.6, 3.8), ((9, -13, 4.6), (3.5, -20, 5), 3.8, 2.8))
FOOT = ((3.5, -20, 5), (7, -21.5, 5.4), 2.3, 1.8)
ARM = (((0, 3, 5), (5, -2, 7), 3.1, 2.9), ((5, -2, 7), (9, 0, 6), 2.9, 2.3))
HAND = ((9, 0, 6), (11, 1.4, 5.4), 2.2, 1.9)
SKIN, SKIN_LINE = "", "skin"  # of who holds it: see props.py
FEATURES = 2.2  # picture units for one of the body's, from which a baby has a face


class Baby:
    """A baby in space: where its chest is, its up and its front, and whose child it is."""

    def __init__(self, chest: Vector, frame: Frame, camera: Camera):
        self.chest, self.frame, self.camera = chest, frame, camera
        self.depth = camera.depth(chest) + HELD

    def at(self, forward: float, up: float, aside: float = 0) -> Vector:
        """A place given from the chest."""
        return add(self.chest, self.frame.outward((forward, up, aside)))

    def row(self, levels: Sequence[Level], caps: tuple[float, float] = (0.7, 0.7)) -> Path:
        """The outline of levels along its up."""
        slices = (Slice(self.at(c, u), self.frame, f, b, s) for u, c, f, b, s in levels)
        return blob(swept(trunk_row(slices, self.camera), caps))

    def tube(self, given: tuple, side: int) -> Path:
        """The outline of a limb's part."""
        start, end, thick, thin = given
        a, b = (self.at(u, v, w * side) for u, v, w in (start, end))
        sizes = ((0, thick), (0.5, (thick + thin) / 2), (1, thin))
        slices = (Slice(mix(a, b, share), self.frame, size, size, size) for share, size in sizes)
        return blob(swept(trunk_row(slices, self.camera), (0.9, 0.9)))


def baby(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A baby at a place of the body or of the room; `up` and `front` say how it is held."""
    up, front = unit(at(given.get("up", (0, 1, 0)))), unit(at(given.get("front", (-1, 0, 0))))
    side = unit(cross(front, up))
    small = Baby(held_at(given["baby"], given, body), Frame(cross(up, side), up, side), camera)
    parts = list(_limbs(small))
    parts.append(Part("trunk", palette.ONESIE.near, small.depth, small.row(TRUNK), palette.ONESIE.line))
    return [*parts, *_head(small, given.get("over", 0.5))]


def _limbs(small: Baby) -> Iterator[Part]:
    """Legs and arms; what is on the far side is behind the trunk."""
    for side in (-1, 1):
        over = small.depth + (0.3 if small.camera.depth(small.frame.near) * side > 0 else -0.3)
        name = "near" if side > 0 else "far"
        for bare, clothed, what, more in ((FOOT, LEG, "leg", 0), (HAND, ARM, "arm", 0.01)):
            skin = small.tube(bare, side)
            yield Part(f"{name} {what} end", SKIN, over + more - 0.005, skin, SKIN_LINE)
            cloth = sum((small.tube(part, side) for part in clothed), ())
            yield Part(f"{name} {what}", palette.ONESIE.near, over + more, cloth, palette.ONESIE.line)


def _head(small: Baby, over: float) -> Iterator[Part]:
    depth, camera = small.depth + over, small.camera
    yield Part("down", palette.DOWN, depth, small.row(HAIR), palette.ONESIE.line)
    yield Part("face", SKIN, depth + 0.001, small.row(FACE), SKIN_LINE)
    if camera.scale < FEATURES:
        return
    for side in (-1, 1):
        looks = small.frame.outward((0.75, 0, 0.66 * side))
        if camera.depth(looks) > 0.1:
            places = (8, 15.6, 1.9 * side), (7.8, 14.6, 3.3 * side), (6.4, 15.6, 4.8 * side)
            lid = [camera.spot(small.at(*place)) for place in places]
            yield Part(f"eye {side}", palette.INK, depth + 0.003, soft_line(*lid), line=3)
    smile = [camera.spot(small.at(*place)) for place in ((7.2, 11, -1.6), (8, 10.2, 0), (7.2, 11, 1.6))]
    if camera.depth(small.frame.front) > 0.05:
        yield Part("mouth", palette.INK, depth + 0.003, soft_line(*smile), line=3)
