"""When what happens: one loop of an exercise as moments, eased, from its tempo or from the breath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import acos, cos, floor, pi, sin
from typing import NamedTuple

IN, OUT = 4.0, 6.0  # seconds of a slow breath
STEPS = 5  # moments for every move from one key pose to the next
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
    """A sampled time of the loop: which repetition, and `share` of the way from pose `first` to pose `aim`.

    `progress` counts the stages of the loop gone through, each from one whole number to the next; within a
    stage equal steps of progress are equal steps of the way, whatever the easing.
    """

    time: float
    round: int
    first: int
    aim: int
    share: float
    progress: float


Way = Mapping[str, Sequence[int]]


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


def usual_way(poses: int) -> Way:
    """Up through all poses while lifting, and back while lowering."""
    return {"lift": range(1, poses), "lower": range(poses - 2, -1, -1)}


def moments(tempo: Tempo, way: Way, rounds: int = 1) -> list[Moment]:
    """The loop, `rounds` times. `way` says for a stage of the tempo which poses it leads to, one by one.

    A lift or a lowering is one eased move over all its poses; in a hold or a rest each pose is a move.
    """
    loop, time = [Moment(0, 0, 0, 0, 0, 0)], 0.0
    for number in range(rounds):
        for seconds, path in _moves(tempo, way):
            loop += _sampled(path, time, seconds, number, round(loop[-1].progress))
            time += seconds
    return loop


def _moves(tempo: Tempo, way: Way) -> Iterator[tuple[float, list[int]]]:
    """Every move of one repetition: how long it takes and the poses it goes through; a rest stays in one."""
    here = 0
    for stage, seconds in tempo._asdict().items():
        aims = list(way.get(stage, ())) if seconds else []
        if len(aims) > 1 and stage in ("hold", "relax"):
            yield from ((seconds / len(aims), [first, aim]) for first, aim in pairwise([here, *aims]))
        elif seconds:
            yield seconds, [here, *aims]
        here = aims[-1] if aims else here


def _sampled(path: list[int], start: float, seconds: float, number: int, progress: int) -> Iterator[Moment]:
    """The moments of a move, its beginning left out."""
    hops = len(path) - 1
    if not hops:
        yield Moment(start + seconds, number, path[0], path[0], 1, progress + 1)
    for step in range(1, STEPS * hops + 1):
        share = step / (STEPS * hops)
        hop = min(step // STEPS, hops - 1)
        time = start + seconds * when(share)
        yield Moment(time, number, path[hop], path[hop + 1], share * hops - hop, progress + share)


def thinned(
    progress: Sequence[float],
    values: Sequence[Sequence[float]],
    close: float,
    ends: Sequence[int] | None = None,
) -> list[int]:
    """Which of the values to keep so that even ways between them stay within `close` of all.

    Even by `progress`, whose whole numbers end a stage; the ends of every stage are kept, but for stages in which
    nothing happens. `ends` are these places where `progress` does not tell them, such as when it is time.
    """
    if ends is None:
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
