"""Measure the pages of bench.pages beside a bare view of the same server, in alternating rounds.

Everything runs on this one machine, the load generator too, so the ratios say more than the rates; the last
lines show the limit of the generator itself.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import load
from bench.pages import CSRF_TOKEN, HELLO, PAGES, Page, body_of
from bench.weight import weigh

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Start, fill, measure and print; exit with 1 if any request was refused."""
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        with served(Path(directory) / "data") as (port, environment):
            filled = fill(environment)
            results = measure(port, filled["cookies"], options)
            refused = print_table(port, results, filled)
    print(
        f"\nThe generator itself: {limit_of_the_generator(options):.0f} requests a second of a server that only "
        f"echoes. {os.cpu_count()} cores, load before it {os.getloadavg()[1]:.1f}."
    )
    sys.exit(1 if refused else 0)


def parse_arguments() -> argparse.Namespace:
    """Parse number and length of the rounds, and the connections."""
    parser = argparse.ArgumentParser(prog="bench/run", description="Measure the speed of the pages.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each page in each round")
    parser.add_argument("--connections", type=int, default=8)
    return parser.parse_args()


@contextlib.contextmanager
def served(data_dir: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Run the site in production mode on its own database and port. Yield the port and the environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PORT": str(port), "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [ROOT / "script" / "server", "--production"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            if not any("Open http" in line for line in server.stdout):
                sys.exit("The server did not start; its own words are above.")
            threading.Thread(target=server.stdout.read, daemon=True).start()
            yield port, environment
        finally:
            server.send_signal(signal.SIGINT)


def fill(environment: dict[str, str]) -> dict[str, Any]:
    """Fill the running database. Return what fill_bench prints."""
    command = [sys.executable, "manage.py", "fill_bench"]
    ended = subprocess.run(
        command, env=secrets_of(environment) | environment, stdout=subprocess.PIPE, cwd=ROOT
    )
    if ended.returncode:
        sys.exit("The database could not be filled; why stands above.")
    return json.loads(ended.stdout)


def secrets_of(environment: dict[str, str]) -> dict[str, str]:
    """Return the variables in the running site's file of secrets."""
    secrets = Path(environment["DATA_DIR"]) / "production.env"
    return dict(line.split("=", 1) for line in secrets.read_text().splitlines())


def measure(port: int, cookies: list[str], options: argparse.Namespace) -> dict[Page, list[load.Result]]:
    """Return the result of each round by page. The bare view is measured in each round, under the same conditions."""
    results = {page: [] for page in (HELLO, *PAGES)}
    numbers = dict.fromkeys(results, 0)
    for turn in range(options.rounds + 1):
        for page, rounds in results.items():
            first = numbers[page]

            def make_request(connection, number, page=page, first=first):
                return request_for(page, cookies[connection % len(cookies)], first + number)

            result = load.run(port, make_request, options.connections, options.seconds)
            numbers[page] += len(result.latencies)
            if turn:  # the one before the first only warms up
                rounds.append(result)
    return results


def request_for(page: Page, cookie: str, number: int) -> bytes:
    """Return the bytes of one request."""
    body = body_of(page, number)
    lines = [f"{page.method} {page.path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    if page.signed_in:
        lines += [f"Cookie: {cookie}", f"X-CSRFToken: {CSRF_TOKEN}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def print_table(port: int, results: dict[Page, list[load.Result]], filled: dict[str, Any]) -> int:
    """Print one line a page, with medians over the rounds. Return the number of refused requests."""
    print(
        f"{'page':24}{'req/s':>8}{'ratio':>8}{'p50 ms':>8}{'p99 ms':>8}{'SQL':>5}{'bytes':>9}{'first visit':>22}"
    )
    refused = 0
    for page, rounds in results.items():
        rate = statistics.median(one.rate for one in rounds)
        ratio = statistics.median(
            one.rate / bare.rate for one, bare in zip(rounds, results[HELLO], strict=True)
        )
        p50, p99 = (statistics.median(one.percentile(share) for one in rounds) for share in (0.5, 0.99))
        line = f"{page.name:24}{rate:8.0f}{ratio:8.3f}{p50:8.1f}{p99:8.1f}{filled['queries'][page.path]:5}"
        if page.method == "GET":
            own, whole, requests = weigh(port, page.path, filled["cookies"][0] if page.signed_in else "")
            line += f"{own:9}{f'{whole} in {requests}':>22}"
        print(line)
        answers = [status for one in rounds for status in one.refused]
        if answers:
            print(f"  refused: {len(answers)}, the first with {answers[0].decode()}")
        refused += len(answers)
    return refused


def limit_of_the_generator(options: argparse.Namespace) -> float:
    """Return the requests per second that the generator reaches against bench.echo."""
    with subprocess.Popen([sys.executable, "-m", "bench.echo"], stdout=subprocess.PIPE, cwd=ROOT) as echo:
        port = int(echo.stdout.readline())
        request = request_for(HELLO, "", 0)
        result = load.run(port, lambda *_: request, options.connections, options.seconds)
        echo.terminate()
    return result.rate


if __name__ == "__main__":
    main()
