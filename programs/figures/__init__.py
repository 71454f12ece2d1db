"""Draws the figure of an exercise from the poses in its file: a moving SVG, and a still one of the key poses.

Standard library only; nothing here knows the database, requests or time. The way of a figure:

    reading     what the file says               → poses
    rig         poses, and those between them    → bodies in space (bones keep their length, planted hands
                                                   and feet stay planted by inverse kinematics)
    timing      the tempo, or the breath         → moments of a loop
    scene       all of it                        → the bodies of every moment
    picture     bodies seen by a camera          → flat parts → SVG

The SVG moves by SMIL alone: no script, no style, so it is safe under the strictest policy and moves in an
<img>. Its root says `data-tempo` (seconds to lift, hold, lower and relax) and `data-rounds` (repetitions in
the loop), for who puts it into a page and sets its time by hand.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .errors import FigureError
from .picture.drawing import moving, still
from .scene import Scene, read_scene
from .timing import Tempo
from .women import INES, WOMEN, Woman, woman_of

__all__ = [
    "WOMEN",
    "Drawn",
    "FigureError",
    "Scene",
    "Tempo",
    "Woman",
    "draw",
    "read_scene",
    "woman_of",
]


class Drawn(NamedTuple):
    """The two pictures of a figure, as SVG text."""

    moving: str
    still: str


def draw(
    name: str, figure: Mapping, tempo: Tempo | None = None, woman: Woman = INES, with_baby: bool = False
) -> Drawn:
    """The pictures of the exercise called `name`; `tempo` is its dose's, None where it is timed.

    A figure that has a baby shows it `with_baby` only. The same figure always gives the same text. Raises
    FigureError, naming the exercise.
    """
    scene = read_scene(name, figure, tempo, woman, with_baby)
    return Drawn(moving(scene), still(scene))
