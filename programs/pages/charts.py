"""Coordinates of small plots, in SVG units of a box 320 wide; templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 40, 312, 10, 70  # the space on the left is for the labels of the axis
LABEL_WIDTH = 15  # of a value that is printed at its point
LABEL_ABOVE, LABEL_BELOW = 5, 13  # from a point to the baseline of its value


@dataclass(frozen=True)
class Dot:
    """The position of one value; `words` say day and value, `printed` is the value where there is room for it."""

    x: float
    y: float
    words: str = ""
    printed: str = ""

    @property
    def printed_y(self) -> float:
        """Return the baseline of the printed value: above the point, or below one at the top."""
        is_high = self.y < TOP + LABEL_BELOW
        return round(self.y + LABEL_BELOW if is_high else self.y - LABEL_ABOVE, 1)


@dataclass(frozen=True)
class Tick:
    """A line across the plot with the label of its value."""

    y: float
    label: str

    @property
    def label_y(self) -> float:
        """Return the baseline of the label, which stands beside the line."""
        return round(self.y + 4, 1)


@dataclass(frozen=True)
class Plot:
    """A line of values over days; `sessions` are the x positions of the days with sessions.

    `span` are the labels of the first and the last day.
    """

    label: str
    ticks: list[Tick]
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
    ticks: Sequence[tuple[float, str]],
    span: tuple[str, str],
    values: Sequence[tuple[int, float, str]],
    sessions: Sequence[int],
    days: int,
) -> Plot:
    """Return the Plot of `values` (day number, value, words) over `days` days; `sessions` are day numbers.

    `ticks` are (value, label), from 0 to the highest value that there is room for.
    """
    high = ticks[-1][0]
    return Plot(
        label=label,
        ticks=[Tick(_y(value, high), words) for value, words in ticks],
        span=span,
        dots=_dots(values, high, days),
        sessions=[_x(day, days) for day in sessions],
    )


def _dots(values: Sequence[tuple[int, float, str]], high: float, days: int) -> list[Dot]:
    """Return the points, each with its value printed where it runs into no other: a higher one, or a later one, is."""
    printed: dict[int, float] = {}  # the day and x of each value that is printed
    for day, _value, _words in sorted(values, key=lambda one: (one[1], one[0]), reverse=True):
        x = _x(day, days)
        if all(abs(x - other) >= LABEL_WIDTH for other in printed.values()):
            printed[day] = x
    return [
        Dot(_x(day, days), _y(value, high), words, f"{value:g}" if day in printed else "")
        for day, value, words in values
    ]


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


def _y(value: float, high: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / high, 1)


def _x(day: int, days: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * day / max(days, 1), 1)
