"""How the files of the drawings are named, and which of them someone is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .women import WOMEN, Woman

KINDS = {"moving": "", "still": "-still"}
DRAWINGS = "drawings"  # the key of a figure changed at the desk that names its stored drawings


class Drawing(NamedTuple):
    """One way a figure is drawn: by which woman, and with a baby or with what stands in for it."""

    woman: str
    with_baby: bool = False


def undrawn(figure: Mapping) -> dict:
    """The figure without the name of its stored drawings."""
    return {key: value for key, value in figure.items() if key != DRAWINGS}


def has_baby(figure: Mapping) -> bool:
    """Whether a figure's file puts a baby or its things into the picture, and something else instead."""
    return any("instead" in prop for prop in figure.get("props", ()))


def drawings(figure: Mapping) -> Iterator[Drawing]:
    """Every way a figure is drawn."""
    for code in WOMEN:
        yield Drawing(code)
        if has_baby(figure):
            yield Drawing(code, True)


def drawn_for(figure: Mapping, usual: Woman, chosen: str = "", with_baby: bool = False) -> Drawing:
    """The drawing for someone who chose a woman, or nobody, and who may be shown a baby or may not."""
    return Drawing(chosen if chosen in WOMEN else usual.code, with_baby and has_baby(figure))


def name_of(slug: str, drawing: Drawing, kind: str) -> str:
    """The name of a drawing's file; `kind` is one of KINDS."""
    return f"{drawing.woman}{'-with-baby' if drawing.with_baby else ''}/{slug}{KINDS[kind]}.svg"
