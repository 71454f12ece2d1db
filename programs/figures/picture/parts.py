"""A body as flat coloured parts, each with its depth, ready to be sorted and animated."""

from __future__ import annotations

from typing import NamedTuple

from ..rig import anatomy
from ..rig.body import Body, Limb, Slice, sign
from ..rig.vectors import Vector, add, mix, times
from . import palette
from .camera import Camera, Point
from .shapes import Path, blob, capsule, circle


class Part(NamedTuple):
    """One flat shape: what it is called, its colour, how near it is, its outline.

    `soft` rounds the corners of an area by a stroke that wide; `line` is the width of what is only a line.
    """

    name: str
    colour: str
    depth: float
    path: Path
    soft: int = 0
    line: int = 0
    opacity: float = 1


def body_parts(body: Body, camera: Camera) -> list[Part]:
    """All parts of the body."""
    limbs = [part for name, limb in body.limbs.items() for part in _limb(name, limb, camera)]
    return [*_trunk(body, camera), *_head(body, camera), *limbs]


def tube(camera: Camera, a: Vector, a_radius: float, b: Vector, b_radius: float) -> Path:
    """A tapered, round-ended shape between two places in space."""
    return capsule(camera.point(a), camera.size(a_radius), camera.point(b), camera.size(b_radius))


def mean_depth(camera: Camera, *places: Vector) -> float:
    """How near to the viewer the places are, on average."""
    return sum(camera.depth(place) for place in places) / len(places)


def _limb(name: str, limb: Limb, camera: Camera) -> list[Part]:
    shapes = (_arm if name.endswith("arm") else _leg)(limb, camera)
    shade = _shade(name, camera)
    depth = mean_depth(camera, limb.root, limb.joint, limb.end)
    return [
        Part(f"{name} {what}", palette.mixed(*colours, shade), depth + place * 0.01, path)
        for place, (what, colours, path) in enumerate(shapes)
    ]


def _shade(name: str, camera: Camera) -> float:
    """How much darker than the near side a limb is: far ones fully, from before or behind only a leg a little."""
    if sign(name) > 0:
        return 0
    return max(round(abs(camera.towards[2]), 1), 0.4 if name.endswith("leg") else 0)


def _leg(leg: Limb, camera: Camera) -> tuple:
    return (
        ("foot", palette.SKINS, tube(camera, leg.heel, anatomy.HEEL_R, leg.ball, anatomy.BALL_R)),
        ("shin", palette.LEGGINGS, tube(camera, leg.joint, anatomy.KNEE_R, leg.end, anatomy.ANKLE_R)),
        ("thigh", palette.LEGGINGS, tube(camera, leg.root, anatomy.HIP_R, leg.joint, anatomy.KNEE_R)),
    )


def _arm(arm: Limb, camera: Camera) -> tuple:
    below, sleeve_end = mix(arm.root, arm.joint, 0.25), mix(arm.root, arm.joint, 0.42)
    wide = anatomy.SHOULDER_R + 0.8
    return (
        ("hand", palette.SKINS, tube(camera, arm.end, anatomy.WRIST_R, arm.fingers, anatomy.FINGERS_R)),
        ("lower", palette.SKINS, tube(camera, arm.joint, anatomy.ELBOW_R, arm.end, anatomy.WRIST_R)),
        ("upper", palette.SKINS, tube(camera, below, anatomy.SHOULDER_R, arm.joint, anatomy.ELBOW_R)),
        ("sleeve", palette.TOPS, tube(camera, arm.root, wide, sleeve_end, wide - 0.4)),
    )


def _trunk_depth(body: Body, camera: Camera) -> float:
    return mean_depth(camera, *(part.center for part in body.slices.values()))


def _trunk(body: Body, camera: Camera) -> list[Part]:
    slices = list(body.slices.values())
    edges = [_edges(slices, index, camera) for index in range(len(slices))]
    hips, waist = 1, 2
    hem = tuple(mix(a, b, 0.4) for a, b in zip(edges[waist], edges[hips], strict=True))
    neck = tube(camera, body.neck, anatomy.NECK_R, body.head, anatomy.NECK_R)
    depth = _trunk_depth(body, camera)
    return [
        Part("neck", palette.SKIN, depth - 0.7, neck),
        Part("pelvis", palette.LEGS, depth - 0.1, _around(edges[: waist + 1])),
        Part("top", palette.TOP, depth, _around([hem, *edges[waist:]])),
    ]


def _edges(slices: list[Slice], index: int, camera: Camera) -> tuple[Point, Point]:
    """The two points where the outline of the trunk passes a slice."""
    here = slices[index]
    below, above = slices[max(index - 1, 0)], slices[min(index + 1, len(slices) - 1)]
    (x, y), (to_x, to_y) = camera.point(below.center), camera.point(above.center)
    dx, dy = to_x - x, to_y - y
    size = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    across = add(times(camera.right, -dy / size), times(camera.up, -dx / size))
    return tuple(
        camera.point(add(here.center, times(way, here.reach(way)))) for way in (across, times(across, -1))
    )


def _around(edges: list[tuple[Point, Point]]) -> Path:
    return blob([left for left, _ in edges] + [right for _, right in reversed(edges)])


def _head(body: Body, camera: Camera) -> list[Part]:
    """Face, hair and bun; the hair of the back of the head is behind the face only where she looks at us."""
    trunk = _trunk_depth(body, camera)
    depth = trunk + (0.1 if camera.depth(body.head) > trunk - 12 else -0.5)

    def on_head(a: Vector, a_radius: float, b: Vector, b_radius: float) -> Path:
        return tube(camera, body.on_head(*a), a_radius, body.on_head(*b), b_radius)

    face = on_head((0, 0, 0), anatomy.HEAD_R, (3.5, -7, 0), anatomy.CHIN_R)
    nose = on_head((8, -1, 0), 3.4, (12.2, -2.8, 0), 1.5)
    looks_at_us = camera.depth(body.head_frame.front) > 0.7
    nape = anatomy.HAIR if looks_at_us else (-7, -3.5, 0)
    hair = on_head(anatomy.HAIR, anatomy.HAIR_R, nape, 6.2)
    fringe = on_head((1.6, 7.2, 4.5), 6.4, (1.6, 7.2, -4.5), 6.4)
    bun = circle(camera.point(body.on_head(-5, 14)), camera.size(anatomy.BUN_R))
    return [
        Part("bun", palette.BUN, depth - 0.02, bun),
        Part("hair", palette.HAIR, depth + (-0.01 if looks_at_us else 0.01), hair),
        Part("face", palette.SKIN, depth, face + nose),
        Part("fringe", palette.HAIR, depth + 0.02, fringe),
    ]
