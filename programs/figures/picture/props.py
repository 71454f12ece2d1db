"""The things around her, as an exercise's file lists them; `layer` moves one nearer to the viewer.

{pillow: [x, y, z], size: [length, height, width], tilt: 20, on_bed: true}
{chair: [x, y, z], height: 40, back: 60, deep: 36}       {stool: [x], height: 26}
{wall: x, before: true}     {counter: x, height: 104}
{bed: [x, x], height: 40, width: [z, z]}                 {mat: [x, x], width: 60}
{cushion: hands, radius: 8, length: 20, shift: [x, y]}   {bag: near_hand}    {blade: near_blade}
{band: [place, place, …], thick: 2}, or {band: ribs}     {post: [x, y, z]}
{baby: hands, up: [x, y, z], front: [x, y, z], shift: [x, y, z], instead: {basket: …}}
{basket: hands, shift: [x, y, z]}   {carrier: near_hand}   {stroller: [x, y, z]}; `instead: {}` is nothing
{gap: back} and {space: knees}: the room under her back or her knees, made visible
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..errors import FigureError
from ..rig.body import Body
from ..rig.vectors import Vector
from ..women import Woman
from . import daily, furniture, things
from .baby import baby
from .camera import Camera
from .furniture import at, depths
from .parts import Part


class Kind(NamedTuple):
    """A kind of thing: how it is drawn, which keys it knows, and what of it has to be in the picture.

    What `stays` is the same at every moment of the loop.
    """

    draw: Callable[[Mapping, Body, Camera], list[Part]]
    keys: tuple[str, ...] = ()
    reach: Callable[[Mapping], list[Vector]] = lambda given: []
    stays: bool = False


def _standing(
    draw: Callable[[Mapping, Camera], list[Part]],
    keys: tuple[str, ...],
    reach: Callable[[Mapping], list[Vector]] = lambda given: [],
) -> Kind:
    """A kind that stands in the room, whatever the pose of the body."""
    return Kind(lambda given, body, camera: draw(given, camera), keys, reach, stays=True)


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
    return [(x, 0, z), (x, y + 34, z)]


def _free(kind: str, size: float) -> Callable[[Mapping], list[Vector]]:
    """What stands in the room is to be seen whole; what she holds is where she is."""

    def reach(given: Mapping) -> list[Vector]:
        if isinstance(given[kind], str):
            return []
        x, y, z = at(given[kind])
        return [(x - size, y, z), (x + size, y + size, z)]

    return reach


def _stroller(given: Mapping) -> list[Vector]:
    x, y, z = at(given["stroller"])
    return [(x - 8, y, z), (x + 78, 0, z)]


KINDS = {
    "pillow": _standing(furniture.pillow, ("size", "tilt"), _pillow),
    "chair": _standing(furniture.chair, ("height", "back", "deep"), _seat("chair", 40, 60)),
    "stool": _standing(furniture.stool, ("height", "deep"), _seat("stool", 26, 0)),
    "wall": _standing(furniture.wall, ("before",)),
    "counter": _standing(furniture.counter, ("height",), lambda given: [(given["counter"] + 34, 0.0, 0.0)]),
    "bed": _standing(furniture.bed, ("height", "width"), _lying("bed")),
    "mat": _standing(furniture.mat, ("width",), _lying("mat")),
    "cushion": Kind(things.cushion, ("radius", "length", "shift")),
    "band": Kind(things.band, ("thick", "over")),
    "post": Kind(things.post, (), _post, stays=True),
    "bag": Kind(things.bag),
    "blade": Kind(things.blade),
    "gap": Kind(things.gap),
    "baby": Kind(baby, ("up", "front", "shift", "over"), _free("baby", 30)),
    "basket": Kind(daily.basket, ("shift",), _free("basket", 24)),
    "carrier": Kind(daily.carrier, ("shift",), _free("carrier", 30)),
    "stroller": Kind(daily.stroller, (), _stroller, stays=True),
    "space": Kind(things.space),
}


OF_A_BABY = {"baby", "carrier", "stroller"}


def shown(described: Mapping, with_baby: bool) -> Mapping:
    """The thing to draw: a baby and its things only where they may be shown, else what the file gives `instead`.

    Raises FigureError for one of a baby's things that has nothing instead.
    """
    if not isinstance(described, Mapping) or not OF_A_BABY & described.keys():
        return described
    if not isinstance(described.get("instead"), Mapping):
        raise FigureError("props: a baby needs an “instead”, for mothers whose baby is not with them")
    whole = {key: value for key, value in described.items() if key != "instead"}
    return whole if with_baby else described["instead"]


def check_prop(described: Mapping) -> None:
    """Raise FigureError where the thing is of no kind, or is given a key its kind does not know."""
    if not isinstance(described, Mapping):
        raise FigureError(f"props: {described!r} is none of {', '.join(KINDS)}")
    kind = _kind(described)
    for key in described:
        if key not in (kind, "layer", *KINDS[kind].keys):
            raise FigureError(f"props: {kind} knows no “{key}”")


def prop_parts(described: Mapping, body: Body, woman: Woman, camera: Camera, place: int) -> list[Part]:
    """The parts of one thing at this moment; `place` tells things of a kind apart.

    What has no colour of its own is of her shirt's, or of her skin: a baby's is its mother's.
    """
    kind, nearer = _kind(described), described.get("layer", 0)
    return [
        _coloured(part, woman)._replace(name=f"{kind} prop {place} {part.name}", depth=part.depth + nearer)
        for part in KINDS[kind].draw(described, body, camera)
    ]


def _coloured(part: Part, woman: Woman) -> Part:
    """The part of a thing, in the woman's colors where it has none of its own."""
    if part.colour:
        return part
    if part.edge == "skin":
        return part._replace(colour=woman.skin.near, edge=woman.skin.line)
    return part._replace(colour=woman.top.far, edge=woman.top.line)


def stays(described: Mapping) -> bool:
    """Whether the thing is the same at every moment."""
    return KINDS[_kind(described)].stays


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
