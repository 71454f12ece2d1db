"""Findings kept in a file, one life a line, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from programs.simulation.tables import Findings, Span


@dataclass(frozen=True)
class Kept:
    """The lives in `path` of one seed and this many weeks; those of other runs are passed over."""

    path: Path
    seed: int
    weeks: int

    def read(self) -> dict[int, Findings]:
        """Return the findings by the member's number."""
        if not self.path.exists():
            return {}
        lives = [json.loads(line) for line in self.path.read_text().splitlines()]
        return {
            life["number"]: _findings(life)
            for life in lives
            if (life["seed"], life["weeks"]) == (self.seed, self.weeks)
        }

    def add(self, number: int, one: Findings) -> None:
        """Add a life."""
        life = {
            "number": number,
            "seed": self.seed,
            "weeks": self.weeks,
            "days": one.days,
            "ends": one.ends,
            "spans": [(s.cause, s.length.total_seconds(), s.is_open, s.followed) for s in one.spans],
            "wrong": one.wrong,
        }
        with self.path.open("a") as file:
            file.write(json.dumps(life) + "\n")


def _findings(life: dict) -> Findings:
    spans = [Span(cause, timedelta(seconds=length), *known) for cause, length, *known in life["spans"]]
    return Findings(1, life["days"], Counter(life["ends"]), spans, life["wrong"])
