"""What is laid over the picture to make a movement plain: the pose she comes from, arrows, a lens, a glow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..rig.vectors import Vector
from . import palette
from .camera import Camera
from .parts import Part
from .shapes import line, soft_line, text

ARROW_WIDE, ARROW_HEAD = 2.3, 4.6


def ghost(parts: Sequence[Part], names: Sequence[str]) -> str:
    """The outline of a body as a pale shadow, from the parts in `names`."""
    bodily = [part for part in parts if part.name in names and part.edge and _is_large(part)]
    told = "".join(text(part.path) for part in bodily)
    return f'<path fill="{palette.GHOST}" opacity="{palette.GHOSTLY:g}" d="{told}"/>'.replace('"0.', '".')


def _is_large(part: Part) -> bool:
    """Whether a part adds to the outline of the whole."""
    kind = part.name.split()
    return kind[0] != "head" or kind[1] in ("skull", "hair", "nose")


def arrow(places: Sequence[Vector], camera: Camera) -> str:
    """A bent arrow through places in space."""
    flat = [camera.spot(place) for place in places]
    way = flat[-1] - flat[-2]
    way *= camera.scale / abs(way)
    wings = [flat[-1] + way * complex(-ARROW_HEAD, side) for side in (ARROW_HEAD * 0.8, -ARROW_HEAD * 0.8)]
    told = text(soft_line(*flat)) + text(line(wings[0], flat[-1], wings[1]))
    width = round(camera.size(ARROW_WIDE))
    return f'<path fill="none" stroke="{palette.ARROW}" stroke-width="{width}" d="{told}"/>'


def lens(given: Mapping, camera: Camera, name: str) -> str:
    """A place of the drawing called `name`, seen larger through a lens."""
    at, to = (camera.spot(given[key]) for key in ("at", "to"))
    zoom, radius = given.get("zoom", 2), camera.size(given.get("radius", 26))
    shift = to - at * zoom
    ring = f'r="{radius:.0f}" fill="{palette.FLOOR}" fill-opacity=".14" stroke="{palette.FLOOR}" stroke-width="5"'
    small = f'r="{radius / zoom:.0f}" fill="none" stroke="{palette.FLOOR}" stroke-width="3"'
    return (
        f'<clipPath id="{name}-lens"><circle cx="{to.real:.0f}" cy="{to.imag:.0f}" r="{radius:.0f}"/></clipPath>'
        f'<circle cx="{to.real:.0f}" cy="{to.imag:.0f}" {ring}/><circle cx="{at.real:.0f}" cy="{at.imag:.0f}" {small}/>'
        f'<g clip-path="url(#{name}-lens)"><use href="#{name}" '
        f'transform="translate({shift.real:.0f} {shift.imag:.0f})scale({zoom:g})"/></g>'
    )


def glow() -> str:
    """How the place that works shines."""
    ends = (
        f'<stop stop-color="{palette.GLOW}"/><stop offset="1" stop-color="{palette.GLOW}" stop-opacity="0"/>'
    )
    return f'<radialGradient id="glow">{ends}</radialGradient>'
