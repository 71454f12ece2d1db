"""What she holds, wears or breathes. Each drawing takes what the file says of it, the body and the camera."""

from __future__ import annotations

from collections.abc import Mapping

from ..rig.body import Body
from ..rig.landmarks import landmark
from ..rig.vectors import Vector, add
from . import palette
from .camera import Camera
from .furniture import at
from .parts import Part, mean_depth, tube
from .shapes import NOTHING, line
from .solids import box

OVER_ALL = 60.0


def cushion(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A cushion held at a place of the body, upright."""
    place, radius = landmark(given["cushion"], body), given.get("radius", 8)
    ends = (
        add(place, (0.0, half, 0.0)) for half in (given.get("length", 20) / 2, -given.get("length", 20) / 2)
    )
    return [
        Part("", palette.PILLOW, camera.depth(place), tube(camera, next(ends), radius, next(ends), radius))
    ]


def band(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """An elastic band through places of the body and of the room."""
    places: list[Vector] = [
        landmark(place, body) if isinstance(place, str) else at(place) for place in given["band"]
    ]
    width = round(camera.size(given.get("thick", 2.4)))
    return [Part("", palette.BAND, mean_depth(camera, *places), line(*map(camera.point, places)), line=width)]


def post(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A post a band is tied to; y is where."""
    x, y, z = at(given["post"])
    pole = line(camera.point((x, 0, z)), camera.point((x, y + 18, z)))
    return [Part("", palette.FAR_WOOD, camera.depth((x, y, z)), pole, line=round(camera.size(6)))]


def bag(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A bag that hangs from a hand."""
    x, y, z = landmark(given["bag"], body)
    sack = box(camera, (x - 12, y - 30, z - 5), (x + 12, y - 8, z + 5), palette.BAG, 3)
    places = ((x - 7, y - 9, z), (x - 3, y - 1, z), (x + 3, y - 1, z), (x + 7, y - 9, z))
    handle = line(*map(camera.point, places))
    return [sack, Part("handle", palette.BAG, sack.depth, handle, line=round(camera.size(2)))]


def blade(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A shoulder blade, seen through the shirt from behind."""
    place, frame = landmark(given["blade"], body), body.slices["chest"].frame
    a, b = (add(place, frame.outward((0, up, 0))) for up in (4, -5))
    return [Part("", palette.TOPS[1], OVER_ALL, tube(camera, a, 5.5, b, 3.5))]


def air(body: Body, camera: Camera, shown: float) -> Part:
    """Breath that leaves through narrow lips."""
    stream = NOTHING
    for rise, far in ((2.5, 20), (0, 26), (-2.5, 18)):
        ends = (body.on_head(15 + ahead, -8 + rise * ahead / 12 - ahead / 14) for ahead in (4, far))
        stream += line(*map(camera.point, ends))
    return Part("air", palette.AIR, OVER_ALL, stream, line=round(camera.size(1.6)), opacity=shown)
