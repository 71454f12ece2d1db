"""Measure the pages of bench.pages beside a bare view of the same server, in alternating rounds.

Everything runs on this one machine, the load generator too, so ratios and CPU time say more than rates.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import load, results
from bench.cpu import Spent, spent_by
from bench.pages import BARE, CSRF_TOKEN, OURS, PAGES, Page
from bench.weight import weigh

ROOT = Path(__file__).resolve().parents[1]
NEVER_ANEW = {"GUNICORN_CMD_ARGS": "--max-requests 0"}  # a process that ends takes its CPU time with it
GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py")


def main() -> None:
    """Start, fill, measure, print, compare and keep; exit with 1 if any request was refused."""
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        with served(Path(directory) / "data") as (port, environment), bare() as bare_port:
            filled = fill(environment)
            site = Site(port, bare_port, filled["cookies"], Path(directory) / "data")
            measured = measure(site, options)
            weights = {
                page: weigh(port, page.path, site.cookie_of(page, 0))
                for page in PAGES
                if page.method == "GET"
            }
    rows = results.rows_of(measured, filled["queries"], weights)
    print(results.table(rows))
    print(results.compared(rows))
    if options.keep:
        print(f"Kept in {results.keep(rows, options).relative_to(ROOT)}.")
    sys.exit(1 if any(row.refused for row in rows) else 0)


def parse_arguments() -> argparse.Namespace:
    """Parse number and length of the rounds, the connections and the pages."""
    parser = argparse.ArgumentParser(prog="bench/run", description="Measure the speed of the pages.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each page in each round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--only", default="", help="measure pages whose name has this in it")
    parser.add_argument("--keep", action="store_true", help="keep the table under bench/results/")
    return parser.parse_args()


class Site:
    """The running servers and how to ask them."""

    def __init__(self, port: int, bare_port: int, cookies: dict[str, list[str]], data_dir: Path) -> None:
        self.port, self.bare_port, self.cookies, self.data_dir = port, bare_port, cookies, data_dir

    def port_of(self, page: Page) -> int:
        """Return the port of the server that has the page."""
        return self.bare_port if page is BARE else self.port

    def cookie_of(self, page: Page, connection: int) -> str:
        """Return the Cookie header for a page, from one of several members."""
        signed_in = self.cookies.get(page.as_whom)
        if signed_in:
            return signed_in[connection % len(signed_in)]
        return f"csrftoken={CSRF_TOKEN}" if page.body else page.cookie

    def request_for(self, page: Page, connection: int, number: int) -> bytes:
        """Return the bytes of one request. Each comes from a network of its own, so that none is limited."""
        body, cookie = page.body_of(number), self.cookie_of(page, connection)
        sender = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        lines = [
            f"{page.method} {page.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port_of(page)}",
            "Accept-Encoding: gzip",
            f"X-Forwarded-For: {sender}",
        ]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        if page.body:
            lines += [
                f"X-CSRFToken: {CSRF_TOKEN}",
                f"Content-Type: {page.content_type}",
                f"Content-Length: {len(body)}",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + body


@contextlib.contextmanager
def served(data_dir: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Run the site in production mode on its own database and port. Yield the port and the environment."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "PORT": str(port),
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "TRUSTED_PROXY_COUNT": "1",
        "STAFF_SECOND_FACTOR": "0",
        **NEVER_ANEW,
    }
    command = [ROOT / "script" / "server", "--production"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            if not any("Open http" in line for line in server.stdout):
                sys.exit("The server did not start; its own words are above.")
            threading.Thread(target=server.stdout.read, daemon=True).start()
            yield port, environment
        finally:
            server.send_signal(signal.SIGINT)


@contextlib.contextmanager
def bare() -> Iterator[int]:
    """Run bench.bare by the same server with the same configuration. Yield its port."""
    port = free_port()
    environment = os.environ | {"PORT": str(port)} | NEVER_ANEW
    with subprocess.Popen([*GUNICORN, "bench.bare"], env=environment, cwd=ROOT) as server:
        try:
            wait_until_served(port, server)
            yield port
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(port: int, server: subprocess.Popen) -> None:
    """Return once somebody listens there; exit if the server has ended."""
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit("The bare view did not start; its own words are above.")


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


def measure(site: Site, options: argparse.Namespace) -> dict[Page, list[tuple[load.Result, Spent]]]:
    """Return result and CPU time of each round by page. Both bare views are measured in each round."""
    chosen = [page for page in PAGES if options.only in page.name]
    measured = {page: [] for page in (BARE, OURS, *chosen)}
    numbers = dict.fromkeys(measured, 0)
    for turn in range(options.rounds + 1):
        for page, rounds in measured.items():
            first = numbers[page]

            fixed = [site.request_for(page, index, 0) for index in range(options.connections)]

            def make_request(connection, number, page=page, first=first, fixed=fixed):
                if not page.body:
                    return fixed[connection]
                return site.request_for(page, connection, first + number * options.connections + connection)

            with spent_by(site.data_dir, site.port_of(page)) as spent:
                result = load.run(
                    site.port_of(page),
                    make_request,
                    options.connections,
                    options.seconds,
                    page.status.encode(),
                )
            numbers[page] += len(result.latencies) * options.connections
            if turn:  # the one before the first only warms up
                rounds.append((result, spent))
    return measured


if __name__ == "__main__":
    main()
