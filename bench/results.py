"""The table of a measurement: printed, kept under bench/results/ and compared with the one before."""

import argparse
import json
import os
import statistics
import subprocess
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import load
from bench.cpu import Spent
from bench.pages import BARE, Page

FOLDER = Path(__file__).parent / "results"
LEAST_NOISE = 0.05  # of a ratio, whatever the rounds say
MOST_OF_THE_GENERATOR = 0.2


@dataclass(frozen=True)
class Row:
    """Medians of one page over the rounds. `ratio` is its rate to the bare view's; `noise` the rounds' spread of it."""

    name: str
    rate: float
    ratio: float
    noise: float
    p50_ms: float
    p99_ms: float
    server_ms: float
    database_ms: float
    generators_share: float
    queries: int | None
    weight: tuple[int, int, int] | None
    refused: dict[str, int]  # {status: how often}


def rows_of(
    measured: dict[Page, list[tuple[load.Result, Spent]]],
    queries: dict[str, int],
    weights: dict[Page, tuple[int, int, int]],
) -> list[Row]:
    """Return one row a page."""
    bare = [result.rate for result, _ in measured[BARE]]
    return [
        _row(page, rounds, bare, queries.get(page.name), weights.get(page))
        for page, rounds in measured.items()
    ]


def _row(page: Page, rounds: list, bare: list[float], queries: int | None, weight: Any) -> Row:
    def median(value) -> float:
        return statistics.median(value(result, spent) for result, spent in rounds)

    ratios = sorted(result.rate / rate for (result, _), rate in zip(rounds, bare, strict=True))
    ratio = statistics.median(ratios)
    return Row(
        name=page.name,
        rate=median(lambda result, _: result.rate),
        ratio=ratio,
        noise=max(LEAST_NOISE, (ratios[-1] - ratios[0]) / 2 / ratio),
        p50_ms=median(lambda result, _: result.percentile(0.5)),
        p99_ms=median(lambda result, _: result.percentile(0.99)),
        server_ms=median(lambda result, spent: 1000 * spent.server / len(result.latencies)),
        database_ms=median(lambda result, spent: 1000 * spent.database / len(result.latencies)),
        generators_share=median(lambda _, spent: spent.generators_share),
        queries=queries,
        weight=weight,
        refused=dict(Counter(status.decode() for result, _ in rounds for status in result.refused)),
    )


def table(rows: list[Row]) -> str:
    """Return the table, and what is wrong with it."""
    lines = [
        f"{'page':34}{'req/s':>7}{'ratio':>8}{'±':>5}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}{'of DB':>7}{'SQL':>5}"
        f"{'bytes':>8}{'first visit':>15}"
    ]
    for row in rows:
        line = (
            f"{row.name:34}{row.rate:7.0f}{row.ratio:8.3f}{row.noise:5.0%}{row.p50_ms:8.1f}{row.p99_ms:8.1f}"
            f"{row.server_ms:8.2f}{row.database_ms:7.2f}{'' if row.queries is None else row.queries:>5}"
        )
        if row.weight:
            own, whole, requests = row.weight
            line += f"{own:8}{f'{whole} in {requests}':>15}"
        lines.append(line)
    lines += [f"refused: {row.name}, by status {row.refused}" for row in rows if row.refused]
    busy = [row.name for row in rows if row.generators_share > MOST_OF_THE_GENERATOR]
    if busy:
        lines.append(
            f"The load generator took over {MOST_OF_THE_GENERATOR:.0%} of the CPU at: {', '.join(busy)}"
        )
    lines.append(f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, commit {commit()}.")
    return "\n".join(lines)


def compared(rows: list[Row]) -> str:
    """Return which pages became slower than in the last table that was kept, by more than the noise of both."""
    kept = sorted(FOLDER.glob("*.json"))
    if not kept:
        return "There is no table to compare with."
    last = json.loads(kept[-1].read_text())
    before = {one["name"]: one for one in last["rows"]}
    slower = [
        f"SLOWER: {row.name}, {before[row.name]['ratio']:.3f} → {row.ratio:.3f}"
        for row in rows
        if row.name in before
        and row.ratio < before[row.name]["ratio"] * (1 - row.noise - before[row.name]["noise"])
    ]
    return "\n".join(slower) or f"No page is slower than at {last['commit']} ({last['date']})."


def keep(rows: list[Row], options: argparse.Namespace) -> Path:
    """Write the table as JSON and as text; return the path of the JSON."""
    FOLDER.mkdir(exist_ok=True)
    date = datetime.now(UTC)
    path = FOLDER / f"{date:%Y-%m-%d-%H%M}-{commit()}.json"
    head = {"date": date.isoformat(timespec="minutes"), "commit": commit(), "cores": os.cpu_count()}
    head |= {name: getattr(options, name) for name in ("rounds", "seconds", "connections")}
    path.write_text(json.dumps(head | {"rows": [asdict(row) for row in rows]}, indent=1) + "\n")
    path.with_suffix(".txt").write_text(table(rows) + "\n")
    return path


def commit() -> str:
    """Return the short name of the commit that is checked out."""
    command = ["git", "-C", str(FOLDER.parent), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
