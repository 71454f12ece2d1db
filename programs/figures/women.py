"""The three women who show the exercises: skin, hair or scarf, clothes, build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

from .rig.anatomy import Build


class Cloth(NamedTuple):
    """A colour near, on the far side, and of the line around it, which keeps 3:1 on both grounds."""

    near: str
    far: str
    line: str


class Woman(NamedTuple):
    """The look of one woman. `sleeve` is the share of the upper arm that the sleeve covers, 1 all of the arm."""

    code: str
    build: Build
    hair: str  # braid, curls or scarf
    sleeve: float
    skin: Cloth
    hairs: Cloth
    top: Cloth
    legs: Cloth
    ink: str
    lips: str


WOMEN = {
    woman.code: woman
    for woman in (
        Woman(
            code="ines",
            build=Build(hair=0.6),
            hair="braid",
            sleeve=0.46,
            skin=Cloth("#e3b08e", "#c9916f", "#a3664a"),
            hairs=Cloth("#8f5234", "#77422a", "#a4694a"),
            top=Cloth("#d98f6f", "#bb7457", "#a35b41"),
            legs=Cloth("#4f7f78", "#416a64", "#668b85"),
            ink="#4b2a20",
            lips="#b25a4c",
        ),
        Woman(
            code="amara",
            build=Build(limbs=1.1, hips=1.14, chest=1.1, hair=3.4),
            hair="curls",
            sleeve=0.42,
            skin=Cloth("#8a5639", "#71442c", "#a8714f"),
            hairs=Cloth("#3d2d2c", "#332524", "#8b6f68"),
            top=Cloth("#e0b04f", "#c0923a", "#94702a"),
            legs=Cloth("#7d5a86", "#674a6f", "#9a7aa2"),
            ink="#2a1610",
            lips="#5e2a26",
        ),
        Woman(
            code="noor",
            build=Build(hair=0.8),
            hair="scarf",
            sleeve=1,
            skin=Cloth("#cf9a70", "#b38058", "#95623f"),
            hairs=Cloth("#b7697a", "#9c5665", "#985a6b"),
            top=Cloth("#86a9b8", "#6b8e9d", "#587a89"),
            legs=Cloth("#4c6485", "#3f5470", "#7188a8"),
            ink="#3a221a",
            lips="#a04f45",
        ),
    )
}
INES = WOMEN["ines"]


def woman_of(slug: str, figure: Mapping) -> Woman:
    """Who shows an exercise to those who have chosen nobody: as its figure says, else by turns over all slugs."""
    return WOMEN.get(figure.get("woman", "")) or list(WOMEN.values())[crc32(slug.encode()) % len(WOMEN)]
