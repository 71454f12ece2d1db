"""Measure some pages behind each WSGI server of servers.toml, one server after the other, on one filled database."""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench import cpu, load
from bench.measure import NEVER_ANEW, ROOT, Site, fill, free_port, secrets_of, served, wait_until_served
from bench.pages import PAGES, Page

SERVERS = ROOT / "bench" / "servers.toml"
MEASURED = ("article, 100 comments", "article, 100 comments, first visit", "search", "today", "log a session")
CONNECTIONS = 8


def main() -> None:
    """Start the site once for its database, then each server; print a line for each server and page."""
    options = parse_arguments()
    servers = tomllib.loads(SERVERS.read_text())
    chosen = {name: server for name, server in servers.items() if options.only in name}
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        python = python_with([one["package"] for one in chosen.values()], Path(directory) / "venv")
        with served(Path(directory) / "data") as (_port, environment):
            cookies = fill(environment)["cookies"]
            environment = secrets_of(environment) | environment
            print(
                f"{'server':22}{'page':36}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}{'refused':>9}{'MB':>6}"
            )
            for name, server in chosen.items():
                with running(server["command"], python, environment) as (port, process):
                    site = Site(port, port, cookies, Path(directory) / "data")
                    for line in lines_of(site, process, options):
                        print(f"{name:22}{line}", flush=True)


def parse_arguments() -> argparse.Namespace:
    """Parse the servers, and number and length of the rounds."""
    parser = argparse.ArgumentParser(prog="bench/servers", description="Compare WSGI servers.")
    parser.add_argument("--only", default="", help="servers whose name has this in it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each page in each round")
    return parser.parse_args()


def python_with(packages: list[str], folder: Path) -> str:
    """Make a virtual environment with these packages and all of this one's; return its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    wanted = sorted({package for package in packages if package})
    if wanted:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    ours = folder / "lib" / version / "site-packages" / "ours.pth"
    ours.write_text(sysconfig.get_paths()["purelib"] + "\n")
    return python


@contextlib.contextmanager
def running(
    command: list[str], python: str, environment: dict[str, str]
) -> Iterator[tuple[int, psutil.Process]]:
    """Run a server on a port of its own. Yield the port and its first process."""
    port = free_port()
    own = {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(ROOT)}
    settings = os.environ | environment | own | NEVER_ANEW
    arguments = [part.format(python=python, port=port) for part in command]
    with subprocess.Popen(arguments, env=settings, cwd=ROOT) as server:
        try:
            wait_until_served(port, server)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()


def lines_of(site: Site, process: psutil.Process, options: argparse.Namespace) -> Iterator[str]:
    """Yield a line of the table for each measured page."""
    for page in PAGES:
        if page.name not in MEASURED:
            continue
        rounds = [round_of(site, page, process, options.seconds, turn) for turn in range(options.rounds + 1)]
        results = [result for result, _ in rounds[1:]]  # the first only warms up
        spent = [1000 * seconds / max(1, len(result.latencies)) for result, seconds in rounds[1:]]
        yield (
            f"{page.name:36}{median(one.rate for one in results):8.0f}"
            f"{median(one.percentile(0.5) for one in results):8.1f}"
            f"{median(one.percentile(0.99) for one in results):8.1f}{median(spent):8.2f}"
            f"{sum(len(one.refused) for one in results):9}{memory_of(process):6.0f}"
        )


def round_of(
    site: Site, page: Page, process: psutil.Process, seconds: float, turn: int
) -> tuple[load.Result, float]:
    """Ask for a page for some seconds. Return the result and the CPU time of the server's processes."""
    first = turn * 1_000_000

    def make_request(connection: int, number: int) -> bytes:
        return site.request_for(page, connection, first + number * CONNECTIONS + connection)

    before = cpu.own_seconds([process, *process.children(recursive=True)])
    result = load.run(site.port, make_request, CONNECTIONS, seconds, page.status.encode())
    return result, cpu.own_seconds([process, *process.children(recursive=True)]) - before


def memory_of(process: psutil.Process) -> float:
    """Return the memory of a server's processes in MB, what they share counted once."""
    processes = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().pss for one in processes) / 1e6


def median(values: Any) -> float:
    """Return the median of any numbers."""
    return statistics.median(values)


if __name__ == "__main__":
    main()
