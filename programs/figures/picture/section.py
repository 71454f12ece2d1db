"""The trunk as a cylinder cut open, placed in the picture, still or moving with the breath.

One half is drawn, in units of its own; the other is its mirror image.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..inside import Course, State, state_at
from ..women import Cloth
from . import palette
from .camera import Box
from .cut import Layer, layers
from .shapes import text
from .writing import short

WIDE, HIGH = 216, 320  # the section with its ground
EASE = ".4 0 .6 1"


def scale_in(panel: Box) -> float:
    """How large the section is in a panel."""
    return min((panel[2] - panel[0]) / WIDE, (panel[3] - panel[1]) / HIGH)


def moving_section(states: Course, panel: Box, seconds: float, rounds: int, skin: Cloth) -> str:
    """The section through the whole loop, as SVG."""
    course = [
        (time + turn * states[-1][0], state) for turn in range(rounds) for time, state in states[turn > 0 :]
    ]
    half = "".join(_element(shape, course[0][1], _moves(shape, course, seconds)) for shape in layers(skin))
    return _whole(half, panel, "half")


def still_section(states: Course, panel: Box, time: float, name: str, skin: Cloth) -> str:
    """The section at one time of a repetition, as SVG; `name` is its own within the picture."""
    state = state_at(states, time)
    return _whole("".join(_element(shape, state, "") for shape in layers(skin)), panel, name)


def _moves(shape: Layer, course: Course, seconds: float) -> str:
    moves = _changing("d", [text(shape.outline(state)) for _, state in course], course, seconds)
    if shape.opacity:
        moves += _changing(
            "opacity", [short(shape.opacity(state), 2) for _, state in course], course, seconds
        )
    return moves


def _changing(name: str, values: Sequence[str], course: Course, seconds: float) -> str:
    """An attribute that eases from state to state; what stays the same in between is left out."""
    if len(set(values)) == 1:
        return ""
    last = len(values) - 1
    kept = [
        here
        for here in range(last + 1)
        if here in (0, last) or not values[here - 1] == values[here] == values[here + 1]
    ]
    times = ";".join(short(course[here][0] / seconds, 3) for here in kept)
    return (
        f'<animate attributeName="{name}" dur="{seconds:g}s" repeatCount="indefinite" calcMode="spline" '
        f'keyTimes="{times}" keySplines="{";".join([EASE] * (len(kept) - 1))}" '
        f'values="{";".join(values[here] for here in kept)}"/>'
    )


def _element(shape: Layer, state: State, inside: str) -> str:
    opacity = f' opacity="{short(shape.opacity(state), 2)}"' if shape.opacity else ""
    outline = f'<path {shape.look}{opacity} d="{text(shape.outline(state))}"'
    return f"{outline}>{inside}</path>" if inside else f"{outline}/>"


def _whole(half: str, panel: Box, name: str) -> str:
    """Both halves on a faint ground, in the middle of the panel."""
    x, y = round((panel[0] + panel[2]) / 2), round((panel[1] + panel[3]) / 2)
    return (
        f'<g transform="translate({x} {y})scale({scale_in(panel):.3g})">'
        f'<rect x="{-WIDE // 2}" y="{-HIGH // 2}" width="{WIDE}" height="{HIGH}" rx="36" '
        f'fill="{palette.SECTION_GROUND}" opacity=".16"/>'
        f'<g id="{name}">{half}</g><use href="#{name}" transform="scale(-1 1)"/></g>'
    )
