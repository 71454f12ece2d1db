"""Key poses that fade into each other, for a movement that turns too freely to be drawn as flat parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..timing import Tempo
from .writing import short

HALF_FADE = 0.25  # seconds before and after the middle of a change


def faded(drawn: Sequence[str], tempo: Tempo) -> str:
    """The drawings of the poses, each seen in its time, as SVG."""
    shown = visits(tempo, len(drawn))
    return "".join(
        f'<g opacity="{int(number == 0)}">{_fade([span for pose, *span in shown if pose == number], tempo.seconds)}'
        f"{drawing}</g>"
        for number, drawing in enumerate(drawn)
    )


def visits(tempo: Tempo, poses: int) -> list[tuple[int, float, float]]:
    """Which pose is shown from when to when, in order: up through all poses while lifting, and back."""
    last, top = poses - 1, tempo.lift + tempo.hold
    stops = [(number, tempo.lift * number / last, tempo.lift * number / last) for number in range(last)]
    stops.append((last, tempo.lift, top))
    stops += [(last - step, *(top + tempo.lower * step / last,) * 2) for step in range(1, poses)]
    middles = [(leave + come) / 2 for (_, _, leave), (_, come, _) in pairwise(stops)]
    return [
        (number, start, end)
        for (number, _, _), (start, end) in zip(stops, pairwise((0.0, *middles, tempo.seconds)), strict=True)
    ]


def _fade(spans: Sequence[Sequence[float]], seconds: float) -> str:
    """What shows a group in the given spans of the loop."""
    points: list[tuple[float, int]] = []
    for start, end in spans:
        points += [(start - HALF_FADE, 0), (start + HALF_FADE, 1)] if start else [(0.0, 1)]
        points += [(end - HALF_FADE, 1), (end + HALF_FADE, 0)] if end < seconds else [(seconds, 1)]
    if points[0][0] > 0:
        points = [(0.0, 0), *points, (seconds, 0)]
    times = ";".join(short(time / seconds, 3) for time, _ in points)
    values = ";".join(str(value) for _, value in points)
    return (
        f'<animate attributeName="opacity" dur="{seconds:g}s" repeatCount="indefinite" '
        f'keyTimes="{times}" values="{values}"/>'
    )
