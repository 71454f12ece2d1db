"""The things around her, as an exercise's file lists them; `layer` moves one nearer to the viewer.

{pillow: [x, y, z], size: [length, height, width], tilt: 20, on_bed: true}
{chair: [x, y, z], height: 40, back: 60, deep: 36}       {stool: [x], height: 26}
{wall: x, before: true}     {counter: x, height: 104}
{bed: [x, x], height: 40, width: [z, z]}                 {mat: [x, x], width: 60}
{cushion: hands, radius: 8, length: 20}                  {bag: near_hand}    {blade: near_blade}
{band: [place, place, …], thick: 2}                      {post: [x, y, z]}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..errors import FigureError
from ..rig.body import Body
from ..rig.vectors import Vector
from . import furniture, things
from .camera import Camera
from .furniture import at, depths
from .parts import Part


class Kind(NamedTuple):
    """A kind of thing: how it is drawn, which keys it knows, and what of it has to be in the picture."""

    draw: Callable[[Mapping, Body, Camera], list[Part]]
    keys: tuple[str, ...] = ()
    reach: Callable[[Mapping], list[Vector]] = lambda given: []


def _standing(draw: Callable[[Mapping, Camera], list[Part]]) -> Callable[[Mapping, Body, Camera], list[Part]]:
    return lambda given, body, camera: draw(given, camera)


def _seat(kind: str, height: float, back: float) -> Callable[[Mapping], list[Vector]]:
    def reach(given: Mapping) -> list[Vector]:
        x, _, z = at(given[kind])
        half = given.get("deep", 36) / 2 + 4
        return [
            (x - half, 0, z),
            (x + half, 0, z),
            (x, given.get("height", height) + given.get("back", back), z),
        ]

    return reach


def _lying(kind: str) -> Callable[[Mapping], list[Vector]]:
    return lambda given: [(x, 0.0, z) for x in given[kind] for z in depths(given)]


def _pillow(given: Mapping) -> list[Vector]:
    (x, y, z), half = at(given["pillow"]), given.get("size", (34,))[0] / 2
    return [(x - half, y, z), (x + half, y, z)]


def _post(given: Mapping) -> list[Vector]:
    x, y, z = at(given["post"])
    return [(x, 0, z), (x, y + 20, z)]


KINDS = {
    "pillow": Kind(_standing(furniture.pillow), ("size", "tilt", "on_bed"), _pillow),
    "chair": Kind(_standing(furniture.chair), ("height", "back", "deep"), _seat("chair", 40, 60)),
    "stool": Kind(_standing(furniture.stool), ("height", "deep"), _seat("stool", 26, 0)),
    "wall": Kind(_standing(furniture.wall), ("before",)),
    "counter": Kind(
        _standing(furniture.counter), ("height",), lambda given: [(given["counter"] + 34, 0.0, 0.0)]
    ),
    "bed": Kind(_standing(furniture.bed), ("height", "width"), _lying("bed")),
    "mat": Kind(_standing(furniture.mat), ("width",), _lying("mat")),
    "cushion": Kind(things.cushion, ("radius", "length")),
    "band": Kind(things.band, ("thick",)),
    "post": Kind(things.post, (), _post),
    "bag": Kind(things.bag),
    "blade": Kind(things.blade),
}


def check_prop(described: Mapping) -> None:
    """Raise FigureError where the thing is of no kind, or is given a key its kind does not know."""
    kind = _kind(described)
    for key in described:
        if key not in (kind, "layer", *KINDS[kind].keys):
            raise FigureError(f"props: {kind} knows no “{key}”")


def prop_parts(described: Mapping, body: Body, camera: Camera, place: int) -> list[Part]:
    """The parts of one thing at this moment; `place` tells things of a kind apart."""
    kind, nearer = _kind(described), described.get("layer", 0)
    return [
        part._replace(name=f"{kind} {place} {part.name}", depth=part.depth + nearer)
        for part in KINDS[kind].draw(described, body, camera)
    ]


def reach(described: Mapping) -> list[Vector]:
    """Places that have to be in the picture for the thing to be seen."""
    return KINDS[_kind(described)].reach(described)


def lies_on_floor(described: Mapping) -> bool:
    """Whether the thing is what she lies on, so that no other floor is drawn."""
    return _kind(described) in ("mat", "bed")


def _kind(described: Mapping) -> str:
    for kind in KINDS:
        if kind in described:
            return kind
    raise FigureError(f"props: {dict(described)} is none of {', '.join(KINDS)}")
