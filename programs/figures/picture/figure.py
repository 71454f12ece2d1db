"""A whole body as flat parts."""

from __future__ import annotations

from collections.abc import Iterator

from .hair import braid_parts, neck_part
from .head import head_parts
from .limbs import limb_parts
from .parts import Part, trunk_depth, trunk_parts
from .view import Posed, View

NEAR = 12  # units by which a head may be farther than the trunk and still be drawn before it


def body_parts(posed: Posed, view: View, breathes_out: bool = False) -> Iterator[Part]:
    """All parts of the body, in no order."""
    body, camera = posed.body, view.camera
    middle = trunk_depth(body, camera)
    head = middle + (0.1 if camera.depth(body.head) > middle - NEAR else -0.5)
    yield from trunk_parts(body, view.woman, camera, middle)
    yield neck_part(body, view.woman, camera, middle)
    yield from braid_parts(body, view, middle, head)
    yield from head_parts(body, view, head, breathes_out)
    yield from limb_parts(posed, view, middle)
