"""Flat shapes as SVG paths whose numbers can be animated: one pattern of commands, many lists of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, pi, sin

from .camera import Point

END = "z"


@dataclass(frozen=True)
class Path:
    """A path as commands with their points, given in whole numbers from the picture's corner.

    A command is what stands before its point: "M", "L", "Q" (and " " before the point a curve ends at) or an
    arc's; END closes an area and has no point. `pins` are the points that say where the shape is and how it
    is turned.
    """

    commands: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    pins: tuple[complex, ...] = ()

    def __add__(self, other: Path) -> Path:
        return Path(self.commands + other.commands, self.numbers + other.numbers, self.pins + other.pins)

    def about(self, pivot: complex) -> Path:
        """The same path told from another origin."""
        shift = (round(pivot.real), round(pivot.imag))
        return Path(self.commands, tuple(value - shift[at % 2] for at, value in enumerate(self.numbers)))

    def text(self) -> str:
        """The path's `d`, each step told from where the one before it ended."""
        text, base, here = "", (0, 0), (0, 0)
        points = iter(zip(self.numbers[::2], self.numbers[1::2], strict=True))
        for command in self.commands:
            if command == END:
                text += END
                continue
            base = {"M": (0, 0), " ": base}.get(command, here)
            here = next(points)
            text += f"{command if command == 'M' else command.lower()}{here[0] - base[0]} {here[1] - base[1]}"
        return text.replace(" -", "-")


NOTHING = Path()


def path(commands: Sequence[str], points: Sequence[Point], pins: Sequence[Point] = ()) -> Path:
    """A path through the points, rounded to whole units."""
    numbers = tuple(round(value) for point in points for value in point)
    return Path(tuple(commands), numbers, tuple(complex(*pin) for pin in pins))


def capsule(a: Point, a_radius: float, b: Point, b_radius: float) -> Path:
    """Two circles and the skin stretched over them: a tapered limb with round ends."""
    if b_radius > a_radius:
        a, a_radius, b, b_radius = b, b_radius, a, a_radius
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart, heading = (dx * dx + dy * dy) ** 0.5, atan2(dy, dx)
    lean = acos(min(0.97, (a_radius - b_radius) / apart if apart > 1e-6 else 1))
    first, last = heading + lean, heading + 2 * pi - lean

    def on(center: Point, radius: float, angle: float) -> Point:
        return (center[0] + radius * cos(angle), center[1] + radius * sin(angle))

    big, small = round(a_radius), round(b_radius)
    around = (on(a, a_radius, first), on(a, a_radius, last), on(b, b_radius, last), on(b, b_radius, first))
    return path(("M", f"A{big} {big} 0 1 1 ", "L", f"A{small} {small} 0 0 1 ", END), around, (a, b))


def circle(center: Point, radius: float) -> Path:
    """A disc."""
    left, right = (center[0] - radius, center[1]), (center[0] + radius, center[1])
    arc = f"A{round(radius)} {round(radius)} 0 1 1 "
    return path(("M", arc, arc, END), (left, right, left), (center,))


def line(*points: Point) -> Path:
    """A line from point to point."""
    return path(("M", *("L",) * (len(points) - 1)), points, points)


def area(*points: Point) -> Path:
    """The area between straight edges."""
    return line(*points) + Path((END,))


def blob(points: Sequence[Point]) -> Path:
    """A soft closed shape that the points pull outwards (a quadratic spline)."""
    order = [*points[1:], points[0]]
    middles = [middle(a, b) for a, b in zip(points, order, strict=True)]
    ends = [*middles[1:], middles[0]]
    curves = [place for pair in zip(order, ends, strict=True) for place in pair]
    return path(("M", *("Q", " ") * len(points), END), (middles[0], *curves), points)


def middle(a: Point, b: Point) -> Point:
    """Half way between two points."""
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
