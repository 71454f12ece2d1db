"""What she holds, wears or breathes. Each drawing takes what the file says of it, the body and the camera."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, sin

from ..rig.body import Body
from ..rig.landmarks import landmark
from ..rig.vectors import Vector, add
from . import palette
from .camera import Camera
from .furniture import at, cushion_at
from .parts import Part, mean_depth
from .shapes import NOTHING, Path, blob, clockwise, line, soft_line
from .solids import at_depth, box

OVER_ALL = 60.0


def cushion(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A cushion held at a place of the body, upright."""
    half, radius = given.get("length", 20) / 2, given.get("radius", 8)
    place = add(landmark(given["cushion"], body), (*given.get("shift", (0, 0)), 0))
    upright, ahead = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)
    return cushion_at(camera, place, upright, ahead, (half, radius, half * 1.1), palette.CUSHION)


def band(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """An elastic band through places of the body and of the room, or around the ribs."""
    if given["band"] == "ribs":
        return _around_ribs(given, body, camera)
    places: list[Vector] = [
        landmark(place, body) if isinstance(place, str) else at(place) for place in given["band"]
    ]
    flat = [camera.spot(place) for place in places]
    return _strip(line(*flat), mean_depth(camera, *places), given.get("thick", 2.8), camera)


def _strip(path: Path, depth: float, thick: float, camera: Camera) -> list[Part]:
    """A band with its line."""
    width = round(camera.size(thick))
    return [
        Part("line", palette.BAND.line, depth - 0.002, path, line=width + 4),
        Part("", palette.BAND.near, depth, path, line=width),
    ]


def _around_ribs(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A band laid around the lower ribs, crossed before them, its ends in the hands."""
    ribs = body.slices["ribs"]
    flat = [camera.spot(ribs.skin(cos(k / 5) * 1.05, -1, sin(k / 5) * 1.05)) for k in range(-9, 10)]
    depth = camera.depth(ribs.center) + given.get("over", 8)
    thick = given.get("thick", 4.5)
    parts = at_depth(_strip(soft_line(*flat), depth, thick, camera), "round", depth)
    for place, side in enumerate((1, -1)):
        hand = landmark("near_hand" if side > 0 else "far_hand", body)
        ends = line(camera.spot(ribs.skin(1.06, -1, -0.45 * side)), camera.spot(hand))
        parts += at_depth(_strip(ends, depth, thick * 0.8, camera), f"end {side}", depth + 0.1 + place * 0.01)
    return parts


def post(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A post a band is tied to; y is where."""
    x, y, z = at(given["post"])
    return box(camera, (x - 2.5, 0, z - 2.5), (x + 3.5, y + 34, z + 2.5), palette.WOOD)


def bag(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A bag that hangs from a hand."""
    x, y, z = landmark(given["bag"], body)
    places = ((x - 8, y - 12, z), (x - 5, y, z), (x + 5, y, z), (x + 8, y - 12, z))
    depth = camera.depth((x, y - 20, z)) + 12
    sack = box(camera, (x - 13, y - 38, z - 5), (x + 13, y - 11, z + 5), palette.BAG, 3)
    handle = soft_line(*map(camera.spot, places))
    return [
        Part("handle", palette.BAG.line, depth - 0.01, handle, line=round(camera.size(2))),
        *at_depth(sack, "sack", depth),
    ]


def blade(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """A shoulder blade, seen through the shirt from behind."""
    place, frame = landmark(given["blade"], body), body.slices["chest"].frame
    side = 1 if given["blade"].startswith("near") else -1
    corners = ((-3.4, 6.5), (3.2, 5), (4.6, 2.5), (0.4, -5), (-2.4, -8.5), (-4, -3))
    ring = [camera.spot(add(place, frame.outward((0, up, out * side)))) for out, up in corners]
    return [
        Part(
            "",
            "",
            0.5 + mean_depth(camera, *(part.center for part in body.slices.values())),
            blob(clockwise(ring)),
        )
    ]


def gap(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """The room under the small of her back, which closes as it comes down."""
    low = [body.slices[name].skin(-1, 0, 0) for name in ("hips", "belly", "waist", "ribs")]
    floor = [(x, 0.0, z) for x, _, z in low[::-1]]
    ring = [camera.spot(place) for place in (*low, *floor)]
    return [Part("", palette.GAP, BEHIND, blob(ring), opacity=0.75)]


BEHIND = -60.0


def space(given: Mapping, body: Body, camera: Camera) -> list[Part]:
    """The room under her knees, which opens as they float."""
    leg = body.limbs["near_leg"]
    ends = [add(leg.joint, (x, -7, 0)) for x in (9, 0, -7, -13)]
    floor = [(x, 0.0, z) for x, _, z in ends[::-1]]
    return [
        Part("", palette.GAP, BEHIND, blob([camera.spot(place) for place in (*ends, *floor)]), opacity=0.75)
    ]


def air(body: Body, camera: Camera, shown: float) -> Part:
    """Breath that leaves through narrow lips."""
    stream = NOTHING
    for k in (-1, 0, 1):
        ends = ((15.5, -8.4 + k * 1.2), (25 - abs(k), -9 + k * 3.4))
        stream += line(*(camera.spot(body.on_head(*end)) for end in ends))
    return Part("air", palette.AIR, OVER_ALL, stream, line=round(camera.size(1.4)), opacity=shown)
