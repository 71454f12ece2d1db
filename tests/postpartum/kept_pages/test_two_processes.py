"""The started site: a change is in all its processes within a second, and what they keep outlasts the database."""

import os
import signal
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

from postpartum.embedded_postgres import Cluster
from postpartum.embedded_postgres import connection as address_of
from tests.postpartum.kept_pages.conftest import wait_until

WITHIN = 1.0  # seconds
ENOUGH = 24  # new connections: that one of two processes got none of them is not to be expected


def ask(server, path="/safety/"):
    """Headers and text of a page, by a connection of its own."""
    with urllib.request.urlopen(server.address + path, timeout=30) as response:
        return response.headers, response.read().decode()


def ask_all(server, path="/safety/"):
    """The same from all processes."""
    with ThreadPoolExecutor(4) as visitors:
        return list(visitors.map(lambda _: ask(server, path), range(ENOUGH)))


def keeps(server):
    """Whether all processes answer from memory."""
    return all(is_current(headers) for headers, _ in ask_all(server))


def is_current(headers):
    """Whether a page is known to be up to date, which its mark would deny."""
    return "s-maxage=1" in headers["Cache-Control"] and "Age" not in headers


def are_marked(server, expected):
    """Whether the pages of all processes say that they may be out of date, or whether none does."""
    pages = ask_all(server, "/program/")
    assert all(("This page is as of" in text) != is_current(headers) for headers, text in pages)
    return all(is_current(headers) != expected for headers, _ in pages)


def rename(server, name):
    """Change what a public page shows, past all our code. Return when it was committed."""
    address = address_of(server.data_dir)
    with psycopg2.connect(dbname=address["NAME"], user=address["USER"], host=address["HOST"]) as writer:
        with writer.cursor() as cursor:
            cursor.execute("UPDATE programs_country SET name = %s WHERE code = 'CA'", [name])
        writer.commit()
        return time.monotonic()


@pytest.fixture
def started(server):
    """A site whose processes all keep pages."""
    server.start("--production")
    wait_until(lambda: keeps(server))
    return server


def test_a_change_is_in_all_processes_within_a_second(started):
    for number in range(5):
        name = f"Country number {number}"
        committed = rename(started, name)
        time.sleep(max(0, committed + WITHIN - time.monotonic()))
        pages = ask_all(started)
        assert all(name in text for _, text in pages)
        assert all(is_current(headers) for headers, _ in pages)


def test_pages_outlast_a_database_that_hangs_and_one_that_is_gone(monkeypatch, request):
    """One process, so that each page is certainly kept before."""
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    started = request.getfixturevalue("started")
    wait_until(lambda: are_marked(started, False))
    for signal_number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGKILL):
        for pid in Cluster(started.data_dir).process_ids():
            os.kill(pid, signal_number)
        wait_until(lambda away=signal_number != signal.SIGCONT: are_marked(started, away))
    assert all(" as of " in text for _, text in ask_all(started, "/safety/"))
