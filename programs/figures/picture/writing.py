"""The smallest pieces of SVG text: numbers, looks, elements."""

from __future__ import annotations

from .parts import Part


def short(value: float, digits: int = 0) -> str:
    """A number without what it does not need: .5, -3, 0."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.lstrip("-").startswith("0."):
        text = text.replace("0.", ".", 1)
    return "0" if text in ("-0", "") else text


def look(part: Part) -> str:
    """How a shape is filled and edged; a line has a width instead."""
    opacity = f' opacity="{short(part.opacity, 2)}"' if part.opacity != 1 else ""
    if part.line:
        return f'fill="none" stroke="{part.colour}" stroke-width="{part.line}"{opacity}'
    rim = f' stroke-width="{part.rim}"' if part.rim else ""
    edge = f' stroke="{part.edge}"{rim}' if part.edge else ""
    return f'fill="{part.colour}"{edge}{opacity}'


def drawn(told: str, inside: str = "") -> str:
    """The end of a path's element: its outline `told`, and what goes on inside it."""
    return f'd="{told}">{inside}</path>' if inside else f'd="{told}"/>'
