"""The right half of the trunk cut open: ribs, lung, diaphragm, belly wall, pelvis and pelvic floor.

x runs from the middle, y downward, in units of its own; each outline is drawn for a state of breath and floor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..inside import State
from ..women import Cloth
from . import palette
from .shapes import HALF, NOTHING, Path, Point, Shape, blob, clockwise, soft_line

SEAM = -1  # the halves overlap, so that no seam is seen


class Layer(NamedTuple):
    """One shape of the half: its look as SVG attributes, its outline in a state, its opacity in a state."""

    look: str
    outline: Callable[[State], Path]
    opacity: Callable[[State], float] | None = None


def _half(*points: Point) -> Path:
    """Half of a soft shape: from the middle above, past the points, to the middle below."""
    return (Shape(HALF, tuple(complex(*point) for point in points)),)


def _arc(*points: Point) -> Path:
    return soft_line(*(complex(*point) for point in points))


def _ring(points: list[Point]) -> Path:
    return blob(clockwise([complex(*point) for point in points]))


def _wall(s: State) -> float:
    return 68 + 12 * s.breath


def _dome(s: State) -> float:
    return -32 + 32 * s.breath


def _rim(s: State) -> float:
    return 2 + 5 * s.breath


def _waist(s: State) -> float:
    return 53 + 4 * s.breath - 12 * s.hug


def _low(s: State) -> float:
    return 108 - 16 * s.floor


def _skin(s: State) -> Path:
    b, h = s.breath, s.hug
    chest = (
        (17, -150),
        (17, -133),
        (66, -124 - 2 * b),
        (87 + 2 * b, -108),
        (82 + 9 * b, -64),
        (82 + 13 * b, -24),
    )
    hips = ((68 + 6 * b - 12 * h, 30), (88 - 2 * h, 66), (92, 112), (86, 152), (22, 152), (5, 137))
    return _half((SEAM, -150), *chest, *hips, (SEAM, 137))


def _lung(s: State) -> Path:
    wall, dome = _wall(s), _dome(s)
    outer = ((34, -118), (wall - 14, -88), (wall, -34), (wall + 2, _rim(s) - 2))
    return _ring([(7, -104), *outer, (wall * 0.6, dome - 2), (7, dome - 8)])


def _belly(s: State) -> Path:
    wall, dome, low = _wall(s), _dome(s), _low(s)
    sides = ((wall * 0.62, dome - 2), (wall + 3, _rim(s) + 2), (_waist(s) + 8, 36), (56, 72), (40, 100))
    return _half((2 * SEAM, dome - 4), *sides, (20, low), (2 * SEAM, low))


def _ribs(s: State) -> Path:
    ribs = NOTHING
    for number, (inset, long) in enumerate(((11, 32), (7, 32), (3, 30), (3, 16))):
        y, out, rise = -80 + 23 * number, _wall(s) - inset, s.breath
        ends = (out - long, y - 6 - 2 * rise), (out + 4, y + 9 - 4 * rise)
        ribs += _arc(ends[0], (out - 3, y - 9 - 5 * rise), ends[1])
    return ribs


def _belly_wall(s: State) -> Path:
    return _arc((_wall(s) + 1, _rim(s) + 4), (_waist(s), 38), (58, 72))


def _hip_bone(s: State) -> Path:
    return _ring(
        [(52, 58), (74, 56), (77, 80), (62, 94), (56, 112), (44, 122), (34, 110), (42, 92), (46, 76)]
    )


def _diaphragm(s: State) -> Path:
    return _arc((0, _dome(s) - 2), (_wall(s) * 0.72, _dome(s) - 4), (_wall(s), _rim(s)))


def _floor(s: State) -> Path:
    return _arc((0, _low(s)), (20, _low(s)), (40, 104))


def _filled(colour: str) -> str:
    return f'fill="{colour}"'


def _line(colour: str, width: float) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{width:g}"'


def layers(skin: Cloth) -> tuple[Layer, ...]:
    """All shapes of the half, from the back to the front, in a woman's skin."""
    return (Layer(f'{_filled(skin.near)} stroke="{skin.line}" stroke-width="2.4"', _skin), *INSIDE)


INSIDE = (
    Layer(_filled(palette.LUNG), _lung),
    Layer(_filled(palette.BELLY), _belly),
    Layer(_line(palette.BONE, 6.5), _ribs),
    Layer(_line(palette.MUSCLE, 6), _belly_wall, lambda s: 0.4 + 0.55 * s.hug),
    Layer(_filled(palette.BONE), _hip_bone),
    Layer(_line(palette.MUSCLE, 8), _diaphragm),
    Layer(_line(palette.PELVIC_FLOOR, 10), _floor),
)
