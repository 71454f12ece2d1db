"""Flat shapes as SVG paths whose numbers can be animated: one pattern of commands, many lists of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, pi, sin
from typing import NamedTuple

Point = tuple[float, float]
CLOSE, EVEN, FAR = 3, 0.9, 60  # picture units: points that are one, off a straight way, and too far to skip

BLOB, SOFT, HALF, AREA, LINE = "blob", "soft", "half", "area", "line"
DIRECTIONS = [complex(cos(k * pi / 180), sin(k * pi / 180)) for k in range(360)]


class Shape(NamedTuple):
    """One closed or open outline.

    A BLOB is a soft area that its points pull outwards, SOFT such a line from its first to its last point, HALF
    the area between that line and its chord; AREA and LINE have straight edges; a disc is told by its middle and
    `radius`.
    """

    kind: str
    points: tuple[complex, ...]
    radius: float = 0


Path = tuple[Shape, ...]
NOTHING: Path = ()


def blob(points: Sequence[complex]) -> Path:
    """A soft closed shape. Give the points clockwise: shapes of one path unite where all are turned alike."""
    return (Shape(BLOB, tuple(points)),)


def clockwise(points: Sequence[complex]) -> Sequence[complex]:
    """The same points in clockwise order."""
    ahead = [*points[1:], points[0]]
    turn = sum(a.real * b.imag - a.imag * b.real for a, b in zip(points, ahead, strict=True))
    return points if turn >= 0 else points[::-1]


def soft_line(*points: complex) -> Path:
    """A soft line that the points between its ends pull; straight between two."""
    return (Shape(SOFT if len(points) > 2 else LINE, points),)


def line(*points: complex) -> Path:
    """A line from point to point."""
    return (Shape(LINE, points),)


def area(*points: complex) -> Path:
    """The area between straight edges."""
    return (Shape(AREA, points),)


def disc(center: complex, radius: float) -> Path:
    """A disc."""
    return (Shape("disc", (center,), radius),)


def moved(path: Path, shift: complex, turn: complex = 1 + 0j) -> Path:
    """The path turned about the origin and sized, then shifted."""
    return tuple(
        Shape(kind, tuple(point * turn + shift for point in points), radius * abs(turn))
        for kind, points, radius in path
    )


def simplified(path: Path, coarse: float = 1) -> Path:
    """The path without points that do nothing for it at this size; its pattern is then its own."""
    return tuple(
        Shape(kind, tuple(_needed(points, coarse)), radius)
        if kind in (BLOB, SOFT) and len(points) > 5
        else shape
        for shape in path
        for kind, points, radius in (shape,)
    )


def _needed(points: Sequence[complex], coarse: float) -> list[complex]:
    """Points that are neither all but where the one before is, nor on the way between their neighbours."""
    apart = [points[0]]
    for point in points[1:-1]:
        if abs(point - apart[-1]) < CLOSE * coarse and len(apart) > 1:
            apart[-1] = (point + apart[-1]) / 2
        else:
            apart.append(point)
    apart.append(points[-1])
    kept = [apart[0]]
    for point, after in pairwise(apart[1:]):
        way = after - kept[-1]
        off = abs((way.conjugate() * (point - kept[-1])).imag) / abs(way) if abs(way) > 1e-6 else 0
        if off > EVEN * coarse or abs(point - kept[-1]) > FAR:
            kept.append(point)
    return [*kept, apart[-1]]


def pins(path: Path) -> list[complex]:
    """A few points that tell where the path is, how it is turned and what form it has."""
    found: list[complex] = []
    for kind, points, _ in path:
        if kind == "disc":
            found.append(points[0])  # it does not tell how it is turned
        else:
            found += points[:: max(1, len(points) // 6)]
    return found


def numbers(path: Path) -> tuple[int, ...]:
    """The places the path's commands name, in whole units."""
    found: list[int] = []
    for shape in path:
        for place in _places(shape):
            found += (round(place.real), round(place.imag))
    return tuple(found)


def text(path: Path, values: Sequence[int] | None = None) -> str:
    """The path's `d`, each step told from where the one before it ended; `values` are its numbers, if known."""
    values = numbers(path) if values is None else values
    at, told = 0, ""
    for shape in path:
        count = 2 * _count(shape)
        told += _told(shape, values[at : at + count])
        at += count
    return told.replace(" -", "-")


def _count(shape: Shape) -> int:
    many = len(shape.points)
    return many + 2 if shape.kind == BLOB else many


def _places(shape: Shape) -> Iterator[complex]:
    """Where the path begins, then what each command needs: of a soft one a pull and its end, then the ends alone.

    Pieces of a soft outline meet half way between two pulls, so that a pull can be told from the one before it
    (SVG's t). What is rounded off at one end is made good at the next.
    """
    points = shape.points
    if shape.kind not in (BLOB, SOFT, HALF):
        yield from points
        return
    closed = shape.kind == BLOB
    start = (points[0] + points[-1]) / 2 if closed else points[0]
    pulls = points if closed else points[1:-1]
    yield start
    pull = _whole(pulls[0])
    yield pull
    for following in pulls[1:]:
        meet = _whole((pull + following) / 2)
        yield meet
        pull = 2 * meet - pull
    yield start if closed else points[-1]


def _whole(place: complex) -> complex:
    return complex(round(place.real), round(place.imag))


def _told(shape: Shape, values: Sequence[int]) -> str:
    x, y = values[:2]
    if shape.kind == "disc":
        r = max(1, round(shape.radius))
        return f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r} 0 1 1 {-2 * r} 0z"
    steps = [(values[k] - values[k - 2], values[k + 1] - values[k - 1]) for k in range(2, len(values), 2)]
    pairs = [f"{a} {b}" for a, b in steps]
    if shape.kind in (AREA, LINE):
        return f"M{x} {y}l{' '.join(pairs)}" + ("z" if shape.kind == AREA else "")
    (pull_x, pull_y), (end_x, end_y) = steps[0], steps[1]
    told = f"M{x} {y}q{pull_x} {pull_y} {pull_x + end_x} {pull_y + end_y}"
    told += f"t{' '.join(pairs[2:])}" if pairs[2:] else ""
    return told + ("" if shape.kind == SOFT else "z")


def around(points: Sequence[complex], count: int) -> list[complex]:
    """The outermost points in so many directions: a hull whose number of points never changes."""
    return [_farthest(points, way) for way in DIRECTIONS[:: 360 // count]]


def _farthest(points: Sequence[complex], way: complex) -> complex:
    x, y = way.real, way.imag
    return max(points, key=lambda point: point.real * x + point.imag * y)


def hull(points: Sequence[complex]) -> list[complex]:
    """The convex hull, in order."""
    ordered = sorted(set(points), key=lambda z: (z.real, z.imag))
    return _half(ordered) + _half(ordered[::-1])


def _half(ordered: Sequence[complex]) -> list[complex]:
    chain: list[complex] = []
    for point in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 1e-6:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _turn(a: complex, b: complex, c: complex) -> float:
    return ((b - a).conjugate() * (c - a)).imag
