"""When what happens: one loop of an exercise as moments, eased, from its tempo or from the breath."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import acos, cos, floor, pi, sin
from typing import NamedTuple

IN, OUT = 4.0, 6.0  # seconds of a slow breath
STEPS = 10  # moments for every move from one key pose to the next
SHORTEST_MOVE = 0.6
STEADY = "0 0 1 1"  # an SVG key spline that does not ease
ALMOST_STEADY = 0.08


class Tempo(NamedTuple):
    """Seconds to lift, hold, lower and relax."""

    lift: float
    hold: float
    lower: float
    relax: float

    @property
    def seconds(self) -> float:
        """One repetition."""
        return sum(self)


BREATH = Tempo(IN, 0, OUT, 0)


class Moment(NamedTuple):
    """A sampled time of the loop.

    `along` says how far it is along the key poses: 0 is the first pose, 1 the second. `progress` counts the
    stages of the loop (lifting, holding, lowering, relaxing) gone through, each from one whole number to the
    next; within a stage equal steps of progress are equal steps of the way, whatever the easing.
    """

    time: float
    along: float
    progress: float


def visible(tempo: Tempo) -> Tempo:
    """The tempo with moves long enough to be seen, their time taken from the relaxing where there is some."""
    lift, lower = max(tempo.lift, SHORTEST_MOVE), max(tempo.lower, SHORTEST_MOVE)
    relax = max(0.0, tempo.relax - (lift - tempo.lift) - (lower - tempo.lower))
    return Tempo(lift, tempo.hold, lower, relax)


def eased(share: float) -> float:
    """Slow, then quick, then slow."""
    return (1 - cos(pi * share)) / 2


def when(share: float) -> float:
    """The time at which `eased` has come so far."""
    return acos(max(-1.0, min(1.0, 1 - 2 * share))) / pi


def moments(tempo: Tempo, poses: int, onward: bool = False, rounds: int = 1) -> list[Moment]:
    """The loop: from the first of the poses to the last while lifting, and back while lowering; `rounds` times.

    With `onward` the first two poses lift and the others lower, and nothing goes back.
    """
    last = poses - 1
    top, end = (1, last) if onward else (last, 0)
    stages = [(tempo.lift, 0, top), (tempo.hold, top, top), (tempo.lower, top, end), (tempo.relax, end, end)]
    loop, time, stage = [Moment(0, 0, 0)], 0.0, 0
    for _ in range(rounds):
        for seconds, first, aim in stages:
            if seconds:
                loop += [
                    Moment(time + seconds * when(p), first + (aim - first) * p, stage + p)
                    for p in _steps(first, aim)
                ]
                time, stage = time + seconds, stage + 1
    return loop


def _steps(first: int, aim: int) -> list[float]:
    """Shares of a stage to sample, its beginning left out: one of rest, several of a move."""
    count = STEPS * abs(aim - first) or 1
    return [step / count for step in range(1, count + 1)]


def thinned(progress: Sequence[float], values: Sequence[Sequence[float]], close: float) -> list[int]:
    """Which of the values to keep so that even ways between them stay within `close` of all.

    The ends of every stage are kept, but for stages in which nothing happens.
    """
    ends = [here for here, value in enumerate(progress) if value == floor(value)]
    keep = set(ends)
    stack = list(pairwise(ends))
    while stack:
        first, last = stack.pop()
        worst, place = close, None
        for here in range(first + 1, last):
            share = (progress[here] - progress[first]) / (progress[last] - progress[first])
            pairs = zip(values[first], values[here], values[last], strict=True)
            off = max((abs(value - a - (b - a) * share) for a, value, b in pairs), default=0)
            if off > worst:
                worst, place = off, here
        if place is not None:
            keep.add(place)
            stack += [(first, place), (place, last)]
    kept = sorted(keep)
    inner = zip(kept[:-2], kept[1:-1], kept[2:], strict=True)
    return [kept[0], *(b for a, b, c in inner if not values[a] == values[b] == values[c]), kept[-1]]


def spline(start: float, end: float) -> str:
    """The SVG key spline for the part of an eased stage between two progresses; STEADY over several stages."""
    base = floor(start)
    if end > base + 1:
        return STEADY
    here, there = when(start - base), when(end - base)
    slopes = [pi / 2 * sin(pi * time) * (there - here) / (end - start) / 3 for time in (here, there)]
    early, late = (max(0.0, min(1.0, value)) for value in (slopes[0], 1 - slopes[1]))
    if abs(early - 1 / 3) < ALMOST_STEADY and abs(late - 2 / 3) < ALMOST_STEADY:
        return STEADY
    return f".33 {_two(early)} .67 {_two(late)}"


def _two(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") or "0"
