"""Coordinates of small plots, in SVG units of a box 320 wide; templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 40, 312, 10, 70  # the space on the left is for the labels of the axis


@dataclass(frozen=True)
class Dot:
    """The position of one value."""

    x: float
    y: float


@dataclass(frozen=True)
class Plot:
    """A line of values over days; `sessions` are the x positions of the days with sessions.

    `ends` are the labels of the lowest and the highest value, `span` those of the first and the last day.
    """

    label: str
    ends: tuple[str, str]
    span: tuple[str, str]
    dots: list[Dot]
    sessions: list[float]

    @property
    def line(self) -> str:
        """Return the points of an SVG polyline."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


@dataclass(frozen=True)
class Bar:
    """One column of a bar chart."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int

    @property
    def number_at(self) -> Dot:
        """Return the position of its number, centred above it."""
        return Dot(round(self.x + self.width / 2, 1), round(self.y - 3, 1))


def plot(
    label: str,
    ends: tuple[str, str],
    span: tuple[str, str],
    values: Sequence[tuple[int, float]],
    high: float,
    sessions: Sequence[int],
    days: int,
) -> Plot:
    """Return the Plot of `values` (day number, value) from 0 to `high`, over `days` days; `sessions` are day numbers."""
    return Plot(
        label=label,
        ends=ends,
        span=span,
        dots=[Dot(_x(day, days), round(BOTTOM - (BOTTOM - TOP) * value / high, 1)) for day, value in values],
        sessions=[_x(day, days) for day in sessions],
    )


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return the columns for `values` (label, number), the highest number filling the height."""
    high = max((number for _, number in values), default=0) or 1
    step = (RIGHT - LEFT) / max(len(values), 1)
    return [
        Bar(
            x=round(LEFT + index * step + step * 0.15, 1),
            y=round(BOTTOM - (BOTTOM - TOP) * number / high, 1),
            width=round(step * 0.7, 1),
            height=round((BOTTOM - TOP) * number / high, 1),
            label=label,
            value=number,
        )
        for index, (label, number) in enumerate(values)
    ]


def _x(day: int, days: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * day / max(days, 1), 1)
