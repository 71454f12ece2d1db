"""What is drawn alike in several panels of a still picture is written down once."""

from __future__ import annotations

import re
from cmath import phase
from collections import Counter
from collections.abc import Callable
from math import degrees
from typing import NamedTuple

from .writing import short

WORTH = 90  # characters from which a reference is shorter than drawing again
MARK = re.compile("\0(\\d+)\0")


class Piece(NamedTuple):
    """A part of a picture: how it is drawn in its place, and about its own origin with where that is.

    Pieces of one `form` are drawn alike about their origins.
    """

    form: tuple
    drawn: Callable[[], str]
    local: Callable[[], str]
    place: complex
    turn: complex = 1 + 0j

    @property
    def transform(self) -> str:
        """How the local drawing comes to its place."""
        told = f"translate({short(self.place.real)} {short(self.place.imag)})"
        angle = short(degrees(phase(self.turn)), 1)
        return told if angle == "0" else f"{told}rotate({angle})"


class Shared:
    """Collects the pieces of a picture; `resolved` puts them into the text that was written with their marks."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def mark(self, piece: Piece) -> str:
        """What stands for the piece until all are known."""
        self.pieces.append(piece)
        return f"\0{len(self.pieces) - 1}\0"

    def resolved(self, text: str) -> str:
        """The text with its pieces, each that occurs again told by a reference."""
        counts = Counter(piece.form for piece in self.pieces)
        names: dict[tuple, str] = {}

        def told(found: re.Match) -> str:
            piece = self.pieces[int(found[1])]
            if piece.form in names:
                return f'<use href="#{names[piece.form]}" transform="{piece.transform}"/>'
            if counts[piece.form] == 1:
                return piece.drawn()
            local = piece.local()
            if len(local) < WORTH:
                return piece.drawn()
            name = names[piece.form] = f"as{len(names)}"
            return f'<g transform="{piece.transform}"><g id="{name}">{local}</g></g>'

        return MARK.sub(told, text)
