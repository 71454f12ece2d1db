"""Where the marks of a small plot go. Plain geometry in a box 320 wide; templates draw it."""

from dataclasses import dataclass

WIDTH, HEIGHT = 320, 88
LEFT, RIGHT, TOP, BOTTOM = 40, 312, 10, 70  # room on the left for the names of the ends


@dataclass(frozen=True)
class Dot:
    """One value at its place."""

    x: float
    y: float


@dataclass(frozen=True)
class Plot:
    """A line of values over days; `sessions` are the places on the axis where sessions were done."""

    label: str
    low_label: str
    high_label: str
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


def plot(label, ends, values, high, sessions, days):
    """A Plot of `values` (list of (day number, value)) up to `high`, over `days` days; `sessions` are day numbers."""
    return Plot(
        label=label,
        low_label=ends[0],
        high_label=ends[1],
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
