"""Approve comments one after the other, and measure how soon every process of two servers shows each.

A server of two processes is two of gunicorn's, of one process each, so that every process can be asked for certain.
"""

import argparse
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import django

from bench.measure import ROOT, secrets_of, served

PROCESSES = 4
LIMIT = 1.0  # seconds
ADDRESS = "/articles/fresh/"


def main() -> None:
    """Start, approve, measure and print; exit with 1 if anything was seen later than LIMIT."""
    parser = argparse.ArgumentParser(prog="bench/freshness", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        with served(Path(directory) / "data") as (_port, environment), more_processes(environment) as ports:
            os.environ.update(secrets_of(environment) | environment)
            django.setup()
            seen = [seconds for number in range(times) for seconds in approve(number, ports)]
    late = sum(seconds > LIMIT for seconds in seen)
    print(
        f"{times} comments in {PROCESSES} processes: seen after {statistics.median(seen):.2f} s (median), "
        f"{max(seen):.2f} s at most; {late} of {len(seen)} later than {LIMIT:.0f} s."
    )
    sys.exit(1 if late else 0)


@contextlib.contextmanager
def more_processes(environment: dict[str, str]) -> Iterator[list[int]]:
    """Run PROCESSES web processes on the same database. Yield their ports."""
    running, ports = [], []
    for _ in range(PROCESSES):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
        own = {"PORT": str(ports[-1]), "SITE_URL": f"http://127.0.0.1:{ports[-1]}", "WEB_CONCURRENCY": "1"}
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "postpartum.wsgi"]
        running.append(
            subprocess.Popen(command, cwd=ROOT, env=os.environ | secrets_of(environment) | environment | own)
        )
    try:
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def approve(number: int, ports: list[int]) -> list[float]:
    """Approve one more comment. Return the seconds until each process showed it, to every reader from then on."""
    # Django has only just been set up.
    from django.utils import timezone  # noqa: PLC0415

    from blog.models import Article, Comment  # noqa: PLC0415
    from blog.services import publish_article  # noqa: PLC0415
    from blog.services.thread_pages import refresh_thread  # noqa: PLC0415

    now = timezone.now()
    article = Article.objects.filter(slug="fresh").first() or publish_article(
        slug="fresh", title="Fresh", summary="", body="<p>Hello.</p>", topic=("rest", "Rest"), now=now
    )
    words = f"comment-number-{number}-"
    Comment.objects.filter(article=article).delete()  # or the newest would be on the thread's next page
    Comment.objects.create(
        article=article,
        name="Ana",
        email="ana@example.net",
        body=words,
        html=f"<p>{words}</p>",
        status="approved",
    )
    for port in ports:
        ask(port)
    refresh_thread(article.pk, now)
    committed = time.monotonic()
    seen = [0.0] * len(ports)
    threads = [
        threading.Thread(target=watch, args=(port, words, committed, seen, place))
        for place, port in enumerate(ports)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def watch(port: int, words: str, committed: float, seen: list[float], place: int) -> None:
    """Ask again and again for a little longer than LIMIT; note when the last page without `words` was asked for."""
    while time.monotonic() < committed + LIMIT + 0.2 or seen[place] > LIMIT:
        asked = time.monotonic()
        page = ask(port)
        if page and words not in page:
            seen[place] = asked - committed
        elif page and asked > committed + LIMIT + 0.2:
            return
        time.sleep(0.02)


def ask(port: int) -> str:
    """Return the article's page; "" if it is refused, as by a busy machine."""
    with (
        contextlib.suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESS}") as response,
    ):
        return response.read().decode()
    return ""


if __name__ == "__main__":
    main()
