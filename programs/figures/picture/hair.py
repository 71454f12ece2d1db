"""A neck and what hangs from a head: a braid."""

from __future__ import annotations

from collections.abc import Iterator

from ..rig.body import Body, Slice
from ..rig.vectors import Vector, add, dot, times, unit
from ..women import Woman
from .camera import Camera
from .outline import swept, trunk_row
from .parts import Part
from .shapes import Path, blob, clockwise
from .view import View

THROAT = (
    (0, 5.6, 5.8, 6.4),
    (0.5, 4.8, 5.2, 5.2),
    (1, 4.8, 5, 5),
)  # share of the neck, ahead, behind, beside
LINK = ((4.4, 0), (2.4, 1), (-1.6, 1), (-3.4, 0), (-1.6, -1), (2.4, -1))  # along, share of its width
LINKS, LINK_LONG, LINK_WIDE, TAPER = 6, 5.4, 4.2, 0.42
BEFORE = 45.0  # units by which a braid over the shoulder is nearer than the trunk, or behind it
LYING = 0.5  # how level a neck is before the braid no longer hangs


def neck_part(body: Body, woman: Woman, camera: Camera, depth: float) -> Part:
    """The neck, or the scarf around it."""
    part = body.slices["neck"]
    base, top = part.skin(0, -5, 0), body.on_head(-2.6, -8)
    row = [
        Slice(add(times(base, 1 - share), times(top, share)), part.frame, front, back, side)
        for share, front, back, side in THROAT
    ]
    cloth = woman.hairs if woman.hair == "scarf" else woman.skin
    at = depth + (0.05 if woman.hair == "scarf" else -0.1)
    return Part(
        "neck", cloth.near, at, blob(swept(trunk_row(row, camera), (0.2, 0.4))), cloth.line, chain="body"
    )


def braid_parts(body: Body, view: View, middle: float, head: float) -> Iterator[Part]:
    """Links from the nape, the last one first so that each lies on the next."""
    woman, camera = view.woman, view.camera
    if woman.hair != "braid":
        return
    start, way, nearer = _hanging(body, camera)
    depth = head - 0.02 if nearer == 0 else middle + nearer
    links: Path = ()
    flat = camera.way(way)
    turn = camera.scale * (flat / abs(flat) if abs(flat) > 0.05 else -1j)
    for k in range(LINKS - 1 if view.is_fine else LINKS - 3, -1, -1):
        place = camera.spot(add(start, times(way, LINK_LONG * k)))
        wide = LINK_WIDE - TAPER * k
        links += blob(clockwise([place + turn * complex(u, w * wide) for u, w in LINK]))
    yield Part("braid", woman.hairs.near, depth, links, woman.hairs.line, chain="body")


def _hanging(body: Body, camera: Camera) -> tuple[Vector, Vector, float]:
    """Where the braid begins, which way it goes, and how much nearer than the trunk it lies; 0 as the head."""
    frame, head = body.head_frame, body.on_head
    if body.slices["neck"].frame.up[1] > LYING:
        looks = dot(frame.front, camera.towards)
        if abs(looks) > 0.35:
            over = unit(add((0, -1, 0), times(frame.front, 0.5)))
            side = 8.5 if dot(frame.front, camera.right) * dot(frame.near, camera.right) < 0.05 else -8.5
            return head(-4, -11, side), over, BEFORE if looks > 0 else -BEFORE
        return head(-9.5, -6.5), unit(add((0, -1, 0), times(frame.front, -0.35))), 0
    if frame.front[1] < -0.4:
        return head(-7, -7, 8), unit(add((0, -1, 0), times(frame.front, 0.2), (0, 0, 0.2))), BEFORE
    aside = 8 if frame.front[1] > 0.4 else 4
    return head(-5, -9, aside), unit(frame.outward((0.2, -0.92, 0.3))), BEFORE
