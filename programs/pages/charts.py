"""Where the marks of a small plot go. Plain geometry in a box 320 wide; templates draw it."""

from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 40, 312, 10, 70  # room on the left for the names of the ends


@dataclass(frozen=True)
class Dot:
    """One value at its place."""

    x: float
    y: float


@dataclass(frozen=True)
class Plot:
    """A line of values over days; `sessions` are the places on the axis where sessions were done.

    `ends` name the lowest and the highest value, `span` the first and the last day.
    """

    label: str
    ends: tuple[str, str]
    span: tuple[str, str]
    dots: list[Dot]
    sessions: list[float]

    @property
    def line(self):
        """The points of a polyline."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


@dataclass(frozen=True)
class Bar:
    """One column of a bar plot."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int

    @property
    def number_at(self):
        """Where its number stands, centred above it."""
        return Dot(round(self.x + self.width / 2, 1), round(self.y - 3, 1))


def plot(label, ends, span, values, high, sessions, days):
    """A Plot of `values` (list of (day number, value)) up to `high`, over `days` days; `sessions` are day numbers."""
    return Plot(
        label=label,
        ends=ends,
        span=span,
        dots=[Dot(_x(day, days), round(BOTTOM - (BOTTOM - TOP) * value / high, 1)) for day, value in values],
        sessions=[_x(day, days) for day in sessions],
    )


def bars(values):
    """Columns for `values`, a list of (label, number)."""
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


def _x(day, days):
    return round(LEFT + (RIGHT - LEFT) * day / max(days, 1), 1)
