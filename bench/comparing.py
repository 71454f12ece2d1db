"""The same pages with a few members and with many: queries, plans, and times taken in turns, so that noise hits both."""

import json
import os
import statistics
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import ROOT
from bench.results import FOLDER, commit

ROUNDS, MOST = 15, 1.3
PARTS = ("wall", "web", "database")

Times = dict[str, float]


class Measuring:
    """A running measure_members on one database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.tasks = self._read()

    def ask(self, what: str, name: str) -> Any:
        """Return the answer about a task."""
        print(what, name, file=self._process.stdin, flush=True)
        return self._read()

    def _read(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            sys.exit("measure_members ended; why stands above.")
        return json.loads(line)


@contextmanager
def measuring(environment: Mapping[str, str]) -> Iterator[Measuring]:
    """Run measure_members on the database of a site."""
    command, pipe = [sys.executable, "manage.py", "measure_members"], subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Measuring(process)


@dataclass(frozen=True)
class Row:
    """A task with a few members and with many: medians of milliseconds, by PARTS."""

    name: str
    queries: tuple[int, int]
    few: Times
    many: Times
    reads_whole: list[str]

    @property
    def cpu(self) -> tuple[float, float]:
        """CPU of process and database together, with a few members and with many."""
        return self.few["web"] + self.few["database"], self.many["web"] + self.many["database"]

    @property
    def ratio(self) -> float:
        """How many times as much CPU it takes with many."""
        return self.cpu[1] / self.cpu[0]

    @property
    def grows(self) -> bool:
        """Whether it asks more, takes over MOST times as long, or reads a large table whole."""
        return self.queries[0] != self.queries[1] or self.ratio > MOST or bool(self.reads_whole)


def compare(few: Measuring, many: Measuring) -> list[Row]:
    """Measure every task on both, in turns."""
    rows = []
    for name in few.tasks:
        plans = few.ask("plan", name), many.ask("plan", name)
        rounds = [(few.ask("time", name), many.ask("time", name)) for _round in range(ROUNDS)]
        queries = plans[0]["queries"], plans[1]["queries"]
        times = (median([turn[side] for turn in rounds]) for side in (0, 1))
        rows.append(Row(name, queries, *times, plans[1]["reads_whole"]))
    return rows


def median(rounds: list[Times]) -> Times:
    """Return the median of each part."""
    return {part: statistics.median(one[part] for one in rounds) for part in PARTS}


def table(rows: list[Row], options: Namespace) -> str:
    """Return the table: CPU first, which other work on the machine hardly changes."""
    lines = [
        f"{'':28}{f'with {options.few:,} members':>30}{f'with {options.members:,}':>30}",
        f"{'page or work':28}{'SQL':>6}{'CPU ms':>8}{'of DB':>8}{'wall':>8}{'SQL':>6}{'CPU ms':>8}{'of DB':>8}"
        f"{'wall':>8}{'ratio':>7}",
    ]
    for row in rows:
        sides = zip(row.queries, row.cpu, (row.few, row.many), strict=True)
        line = "".join(
            f"{sql:6}{cpu:8.1f}{times['database']:8.1f}{times['wall']:8.1f}" for sql, cpu, times in sides
        )
        told = "  GROWS" if row.grows else ""
        lines.append(f"{row.name:28}{line}{row.ratio:7.2f}{told}{' '.join(['', *row.reads_whole])}")
    return "\n".join(
        [*lines, f"Medians of {ROUNDS} calls in turns, {os.cpu_count()} cores, commit {commit()}."]
    )


def keep(rows: list[Row], report: str, options: Namespace) -> Path:
    """Write rows and table under bench/results/members/; return the path of the JSON."""
    date = datetime.now(UTC)
    path = FOLDER / "members" / f"{date:%Y-%m-%d-%H%M}-{commit()}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"date": date.isoformat(timespec="minutes"), "commit": commit(), "cores": os.cpu_count()}
    head |= {"few": options.few, "members": options.members, "rounds": ROUNDS}
    path.write_text(json.dumps(head | {"rows": [asdict(row) for row in rows]}, indent=1) + "\n")
    path.with_suffix(".txt").write_text(report + "\n")
    return path
