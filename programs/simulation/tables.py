"""What a simulation found, as text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """How long one member was held by one cause; `is_open` at the end of the run, `followed` where the member did
    what the page asked for."""

    cause: str
    length: timedelta
    is_open: bool
    followed: bool


@dataclass
class Findings:
    """What a run found: how members ended, how long they were held by what, and what was wrong."""

    members: int = 0
    days: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        """Take in the findings of another life."""
        self.members += other.members
        self.days += other.days
        self.ends += other.ends
        self.spans += other.spans
        self.wrong += other.wrong


def spans_table(spans: Iterable[Span]) -> str:
    """Return a table of the causes, longest hold first, in days."""
    by_cause: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_cause[span.cause].append(span)
    rows = [_row(cause, found) for cause, found in by_cause.items()]
    rows.sort(key=lambda row: (-float(row[4]), row[0]))
    return _aligned([("held by", "times", "open", "median", "longest", "longest, asked for help"), *rows])


def ends_table(findings: Findings) -> str:
    """Return how the members stood at the end of the run."""
    total = max(1, findings.members)
    return _aligned(
        [(end, str(count), f"{100 * count / total:.0f} %") for end, count in sorted(findings.ends.items())]
    )


def _row(cause: str, spans: Sequence[Span]) -> tuple[str, ...]:
    days = [span.length / DAY for span in spans]
    followed = [span.length / DAY for span in spans if span.followed]
    still = sum(span.is_open for span in spans)
    longest = f"{max(followed):.1f}" if followed else "-"
    return (cause, str(len(spans)), str(still), f"{median(days):.1f}", f"{max(days):.1f}", longest)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    lines = [
        "  ".join(
            [
                cell.ljust(width) if column == 0 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
        )
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)
