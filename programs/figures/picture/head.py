"""A head that can be seen from all around: skull, hair or scarf, and a face where it looks at us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import cos, pi, radians, sin
from typing import NamedTuple

from ..rig.body import Body
from ..rig.flesh import Ring
from ..rig.skin import Row
from ..rig.vectors import Vector, dot
from ..women import WOMEN, Woman
from .outline import Eye, Look, standing, swept
from .parts import Part
from .shapes import DIRECTIONS, NOTHING, Path, around, blob, moved, soft_line
from .view import View

# From the crown to the chin: how high, how far forward the middle is, then ahead, behind and beside.
SKULL = (
    (12.6, -2, 4, 4.6, 4),
    (9.4, -1, 8.2, 8.6, 7.8),
    (4.6, -0.6, 10.4, 10.6, 9.5),
    (0, -0.2, 10.2, 10, 9.5),
    (-4.2, 1.4, 8.9, 9.2, 8.8),
    (-8.4, 3.6, 6.6, 7.4, 7.1),
    (-11.4, 5, 4.8, 5, 5),
    (-13.4, 6, 2.4, 2.4, 2.4),
)
HAIR = (
    (13.6, -2, 5.2, 6, 6),
    (10.6, -1.4, 8.6, 9.4, 9.3),
    (4.6, -1, 8, 11.8, 10.8),
    (0, -3, 3, 9.6, 10.4),
    (-4.2, -5, 2, 6.8, 9),
    (-8.6, -6, 2, 4, 6),
)
SCARF = tuple(
    (u + (u > 12), c, ahead + 1.9, behind + 2, beside + 1.8) for u, c, ahead, behind, beside in SKULL
)
# How far round from the front the bare face goes at every level of the skull, in degrees.
HAIRLINE, SCARFLINE = (0, 26, 62, 80, 96, 104, 110, 110), (0, 30, 54, 64, 66, 62, 50, 40)
CURLS = (  # how high over the middle, and where around the head, in degrees
    (82, (0,)),
    (48, range(30, 390, 60)),
    (16, range(0, 360, 45)),
    (-14, range(90, 271, 36)),
    (-38, range(125, 236, 36)),
)
CURL_R = 5.2
FINE = 2  # picture units for one of the body's, from which lids and cheeks are drawn
NOSE = ((10, 1.4, 0), (12.4, -2.6, 0), (11.8, -4.4, 0), (9, -4.6, 0), (9, -3, 2), (9, -3, -2))
TURN = [k * pi / 4 for k in range(8)]


def united(middles: list[complex], radius: float, center: complex) -> Iterator[complex]:
    """The outline around discs, as it is seen from `center` in so many directions."""
    for way in DIRECTIONS[::9]:
        far = 0.0
        for middle in middles:
            along, aside = (
                ((middle - center) * way.conjugate()).real,
                ((middle - center) * way.conjugate()).imag,
            )
            if abs(aside) < radius:
                far = max(far, along + (radius**2 - aside**2) ** 0.5)
        yield center + way * far * 1.03  # a soft outline stays a little within what pulls it


class Mark(NamedTuple):
    """One shape of the head in its own units, upright, as Part has it."""

    name: str
    path: Path
    colour: str
    edge: str = ""
    line: float = 0
    opacity: float = 1


def head_parts(body: Body, view: View, depth: float, breathes_out: bool) -> Iterator[Part]:
    """Head and hair, from far to near."""
    camera, always = view.camera, view.always("head")
    shift, turn, look = standing(body.head, body.head_frame, camera, always)
    rigid = view.rigid(body.head, body.head_frame, always) if always else ()
    for place, mark in enumerate(
        _marks(view.woman.code, look, view.is_fine and camera.scale >= FINE, breathes_out)
    ):
        width = max(2, round(camera.size(mark.line))) if mark.line else 0
        yield Part(
            f"head {mark.name}",
            mark.colour,
            depth + place * 1e-3,
            moved(mark.path, shift, turn) if view.is_first or not rigid else NOTHING,
            mark.edge,
            line=width,
            opacity=mark.opacity,
            chain="body",
            frame=(shift, turn / abs(turn)),
            rigid=rigid,
        )


@cache
def _marks(code: str, look: Look, is_fine: bool, breathes_out: bool) -> tuple[Mark, ...]:
    return tuple(Head(WOMEN[code], Eye(look), is_fine, breathes_out).marks())


class Head:
    """Draws a head that is looked at from one side."""

    def __init__(self, woman: Woman, eye: Eye, is_fine: bool, breathes_out: bool):
        self.woman, self.eye, self.is_fine, self.breathes_out = woman, eye, is_fine, breathes_out
        self.scarf = woman.hair == "scarf"

    def marks(self) -> Iterator[Mark]:
        """All its shapes, from far to near."""
        skin, hair = self.woman.skin, self.woman.hairs
        if not self.scarf:
            yield Mark("skull", self.row(SKULL, (0.5, 0.5)), skin.near, skin.line)
        cap = self.row(SCARF if self.scarf else HAIR, (0.16, 0.5))
        yield Mark("hair", cap + (self.curls() if self.woman.hair == "curls" else ()), hair.near, hair.line)
        bare = [self.eye.point(place) for place in self.bare()]
        if bare:
            yield from self.face(around(bare, 24))
        for side in (1, -1):
            if self.looks(0, side) > 0.2:
                yield from self.folds(side) if self.scarf else self.ear(side)

    def face(self, outline: list[complex]) -> Iterator[Mark]:
        """The bare face and what is in it."""
        skin, seen = self.woman.skin, self.looks(1, 0)
        nose = blob(around([self.eye.point(place) for place in NOSE], 12))
        if seen > -0.5:
            yield Mark("nose", nose, skin.near, skin.line)
        yield Mark("face", blob(outline) + (nose if seen > -0.5 else ()), skin.near)
        for side in (1, -1):
            if self.looks(0.75, 0.66 * side) > 0.12:
                yield from self.look_of(side)
        if seen > -0.1:
            if self.is_fine and seen > 0.3:
                yield self.stroke(
                    "tip", skin.line, (10.6, -4.5, -1.6), (11.8, -5.3, 0), (10.6, -4.5, 1.6), width=0.7
                )
            yield from self.mouth()

    def bare(self) -> Iterator[Vector]:
        """Places of the bare face that look at us."""
        limits = SCARFLINE if self.scarf else HAIRLINE
        rows = [(*row, limit) for row, limit in zip(SKULL, limits, strict=True)]
        between = [tuple((x + y) / 2 for x, y in zip(*pair, strict=True)) for pair in pairwise(rows[1:])]
        between[0] = (*between[0][:5], between[0][5] + 8)  # a round hairline
        for up, middle, ahead, behind, beside, limit in rows[1:] + between:
            for share in range(-6, 7):
                front, aside = cos(radians(limit * share / 6)), sin(radians(limit * share / 6))
                if dot((front, 0.04 * up, aside), self.eye.towards) > -0.02:
                    yield (middle + (ahead if front > 0 else behind) * front, up, beside * aside)

    def look_of(self, side: int) -> Iterator[Mark]:
        """An eye and its brow, and a little warmth on the cheek."""
        ink = self.woman.ink
        brow = ink if self.scarf else self.woman.hairs.far
        iris = [(9.2 - 0.7 * cos(a), 0.4 + 1.7 * sin(a), (4.2 + 1.1 * cos(a)) * side) for a in TURN]
        yield self.spot(f"eye {side}", ink, iris)
        places = (9.4, 4.6, 2.6 * side), (8.8, 5.9, 4.6 * side), (6.8, 4.6, 6.8 * side)
        if self.is_fine:
            yield self.stroke(f"brow {side}", brow, *places, width=0.8)
            lid = (9.5, 1.2, 2.6 * side), (9.2, 2.4, 4.4 * side), (7.5, 0.9, 6.1 * side)
            yield self.stroke(f"lid {side}", ink, *lid, width=0.6)
            cheek = [(8 - 1.6 * cos(a), -4.4 + 1.7 * sin(a), (5.8 + 2 * cos(a)) * side) for a in TURN]
            yield self.spot(f"cheek {side}", self.woman.lips, cheek, 0.28)

    def mouth(self) -> Iterator[Mark]:
        """A small smile, or soft round lips that let the breath go."""
        if self.breathes_out:
            round_lips = [(9.4 + 1.9 * cos(a), -8.2 + 1.9 * sin(a), n) for a in TURN for n in (-1.2, 1.2)]
            yield self.spot("mouth", self.woman.lips, round_lips)
            return
        ends = [side for side in (-1, 1) if self.looks(0.9, 0.45 * side) > -0.05]
        if ends:
            a, b = (ends[0], ends[-1]) if len(ends) > 1 else (0, ends[0])
            left, right = ((10.4 - 1.9 * abs(k), -8.2 + 0.9 * abs(k), 3.1 * k) for k in (a, b))
            yield self.stroke("mouth", self.woman.lips, left, (10.8, -9.2, 0.8 * (a + b)), right, width=0.95)

    def ear(self, side: int) -> Iterator[Mark]:
        """An ear."""
        if not self.is_fine:
            return
        skin = self.woman.skin
        ring = [(-0.8 + 1.9 * cos(a), -2 + 2.9 * sin(a), 9.4 * side) for a in TURN]
        yield Mark(
            f"ear {side}", blob(around([self.eye.point(place) for place in ring], 8)), skin.near, skin.line
        )

    def folds(self, side: int) -> Iterator[Mark]:
        """Where the scarf goes round under the chin."""
        for k in range(3) if self.is_fine and self.looks(0, side) > 0.5 else ():
            ends = (6 - 2 * k, -13 - 1.5 * k, 3 * side), (-5 - 1.2 * k, -3.4 * k, 9.4 * side)
            pull = (-1 - 3 * k, -9 - 1.5 * k, 10 * side)
            yield self.stroke(f"fold {k} {side}", self.woman.hairs.far, ends[0], pull, ends[1], width=0.6)

    def curls(self) -> Path:
        """Round curls over crown, sides and nape, none before the face."""
        middles = []
        for lift, turns in CURLS:
            for turn in turns:
                a, e = radians(turn), radians(lift)
                if lift > 20 or cos(a) < 0.35:
                    place = (-2 + 10.6 * cos(a) * cos(e), 3.4 + 11.4 * sin(e), 10.8 * sin(a) * cos(e))
                    middles.append(self.eye.point(place))
        return blob(list(united(middles, CURL_R, self.eye.point((-3, 4, 0)))))

    def looks(self, front: float, near: float) -> float:
        """How much a side of the head is turned to us."""
        return dot((front, 0, near), self.eye.towards) / (front * front + near * near) ** 0.5

    def row(self, levels: Iterable[Row], caps: tuple[float, float]) -> Path:
        """The outline of levels."""
        rings = (Ring((c, u, 0), (1, 0, 0), (0, 0, 1), f, b, s) for u, c, f, b, s in levels)
        return blob(swept([self.eye.ring(ring) for ring in rings], caps))

    def spot(self, name: str, colour: str, places: list[Vector], opacity: float = 1) -> Mark:
        """A small area without a line."""
        return Mark(
            name, blob(around([self.eye.point(place) for place in places], 8)), colour, opacity=opacity
        )

    def stroke(self, name: str, colour: str, *places: Vector, width: float) -> Mark:
        """A mere line."""
        return Mark(name, soft_line(*(self.eye.point(place) for place in places)), colour, line=width)
