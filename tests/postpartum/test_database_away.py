"""A table somebody locks, a database that hangs or is away: help stays open, and the rest says to come back."""

import errno
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import psycopg2
import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from accounts.adapter import AccountAdapter
from postpartum.embedded_postgres import Cluster
from postpartum.embedded_postgres import connection as address_of
from postpartum.postgresql import hung
from postpartum.postgresql.hung import end_hung
from postpartum.stalled import (
    HOLD_SECONDS,
    IDLE_SECONDS,
    REQUESTS_AT_ONCE,
    STALL_SECONDS,
    STALLED_THREADS,
    is_stalled,
    note_failure,
    one_wait,
    room_for_request,
    time_statement,
    waiting_longer_than,
)
from postpartum.views.errors import is_passing
from tests.faults import database_away, database_hung

LIGHT = ["/safety/", "/healthz", "/robots.txt"]


@pytest.mark.django_db(transaction=True)
def test_the_numbers_last_known_are_served_and_marked(client, program):
    fresh = client.get("/safety/").content.decode()
    assert "as of" not in fresh

    with database_away():
        response = Client(raise_request_exception=False).get("/safety/")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="tel:911"' in page
    assert "These are the numbers as of" in page


@pytest.mark.django_db(transaction=True)
def test_without_a_kept_copy_the_signs_and_112_are_there(settings, tmp_path):
    settings.SAFETY_NUMBERS = tmp_path / "none.html"
    with database_away():
        page = Client(raise_request_exception=False).get("/safety/")

    assert page.status_code == 200
    assert "112 works in many" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_robots_and_health_answer_without_the_database():
    client = Client(raise_request_exception=False)
    with database_away():
        assert client.get("/robots.txt").status_code == 200
        assert client.get("/healthz").json() == {"status": "database away"}


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_given_back(program):
    said = {"name": "Ana", "body": "A <b>long</b> story of a night.", "password1": "four words to remember"}
    with database_away():
        page = Client(raise_request_exception=False).post("/articles/rest/comment/", said)

    assert page.status_code == 503
    assert "A &lt;b&gt;long&lt;/b&gt; story of a night.</textarea>" in page.content.decode()
    assert "four words" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def run(execute):
    """Run a statement as a request does."""
    with one_wait():
        return time_statement(execute, "SELECT", (), False, {})


@pytest.fixture
def stuck():
    """As many threads as a stall takes, each in a statement that does not end before the test does."""
    over, begun = threading.Event(), threading.Barrier(STALLED_THREADS + 1)

    def execute(*_statement):
        begun.wait()
        over.wait()

    with ThreadPoolExecutor() as pool:
        for _ in range(STALLED_THREADS):
            pool.submit(run, execute)
        begun.wait()
        time.sleep(STALL_SECONDS + 0.1)
        yield
        over.set()


@pytest.mark.django_db
def test_while_threads_wait_others_are_refused_at_once_and_help_is_open(program, stuck):
    client = Client()

    assert [client.get(address).status_code for address in LIGHT] == [200, 503, 200]
    refused = client.get("/articles/")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "30"


def chained(error, cause):
    """`error`, raised from `cause`."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (OperationalError(), True),
        (chained(RuntimeError(), OperationalError()), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_what_is_worth_another_try(error, passing):
    assert is_passing(error) == passing


@pytest.mark.parametrize(
    ("forwarded", "address"), [("", "10.0.0.9"), ("192.0.2.1", "10.0.0.9"), ("1.1.1.1, 2.2.2.2", "1.1.1.1")]
)
def test_more_trusted_proxies_than_the_header_names_is_no_failure(settings, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)

    assert AccountAdapter(request).get_client_ip(request) == address


def status_of(address):
    """The status of a page, and the seconds it took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address) as response:
            return response.status, time.monotonic() - began
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - began


def connected_to(server):
    """A connection to the database of a started site."""
    address = address_of(server.data_dir)
    return psycopg2.connect(dbname=address["NAME"], user=address["USER"], host=address["HOST"])


def besieged(server, visitors):
    """Have 20 visitors be told to come back, while help is open; the longest that anybody waited, in seconds."""
    asked = [visitors.submit(status_of, f"{server.address}/articles/?page={number}") for number in range(20)]
    helped = [status_of(server.address + address) for address in ("/safety/", "/robots.txt")]
    assert {status for status, _ in helped} == {200}
    told = [one.result() for one in asked]
    assert {status for status, _ in told} == {503}
    return max(seconds for _, seconds in told + helped)


def test_neither_a_locked_table_nor_a_hung_database_holds_all_threads(server):
    """The started site, each of whose threads is connected, and 20 visitors at once."""
    server.start("--production")
    server.get("/safety/")
    with ThreadPoolExecutor(20) as visitors:
        list(visitors.map(lambda _: server.get("/articles/"), range(20)))
        with connected_to(server) as locking, locking.cursor() as cursor:
            cursor.execute("LOCK TABLE blog_article IN ACCESS EXCLUSIVE MODE")
            locked = besieged(server, visitors)
            locking.rollback()
        time.sleep(HOLD_SECONDS)  # until then nobody tries again
        assert server.get("/articles/")[0] == 200
        with stopped_database(server):
            stopped = besieged(server, visitors)
        time.sleep(HOLD_SECONDS)
        assert server.get("/articles/")[0] == 200
    # 2 seconds are promised, and counted by bench/fault; here others may be using the machine.
    assert max(locked, stopped) < 8


@contextmanager
def stopped_database(server):
    """The processes of a site's database do nothing, and go on later."""
    processes = [psutil.Process(one) for one in Cluster(server.data_dir).process_ids()]
    for one in processes:
        one.suspend()
    try:
        yield
    finally:
        for one in processes:
            one.resume()


def test_after_two_waited_in_vain_the_others_do_not_try(db, program):
    def give_up(*_statement):
        time.sleep(STALL_SECONDS + 0.1)
        raise OperationalError

    def wait(_):
        with pytest.raises(OperationalError):
            run(give_up)

    with ThreadPoolExecutor() as pool:
        list(pool.map(wait, range(STALLED_THREADS)))

    assert Client().get("/articles/").status_code == 503
    time.sleep(HOLD_SECONDS)
    assert Client().get("/articles/").status_code == 200


def test_a_request_waits_in_vain_once():
    def give_up(*_statement):
        time.sleep(STALL_SECONDS + 0.1)
        raise OperationalError

    with one_wait():
        with pytest.raises(OperationalError):
            time_statement(give_up, "SELECT", (), False, {})
        with pytest.raises(OperationalError, match="in vain"):
            time_statement(lambda *_: "an answer", "SELECT", (), False, {})
    with one_wait():
        assert time_statement(lambda *_: "an answer", "SELECT", (), False, {}) == "an answer"
    time.sleep(HOLD_SECONDS)


def sleep_on_a_connection():
    """Ask the database to sleep, as a page on a thread with a connection of its own; whether it was let to."""
    try:
        with one_wait(), connection.execute_wrapper(time_statement), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [4 * IDLE_SECONDS])
        return True
    except OperationalError:
        return False
    finally:
        connection.close()


def end_hung_while(waiting):
    """Look for what hangs until it is over; its result."""
    while not waiting.done():
        end_hung()
        time.sleep(0.05)
    return waiting.result()


def test_who_waits_for_a_server_that_answers_others_is_left_waiting(transactional_db):
    with ThreadPoolExecutor() as pool:
        assert end_hung_while(pool.submit(sleep_on_a_connection))


def test_what_hangs_is_ended(transactional_db, tmp_path):
    with database_hung(tmp_path), ThreadPoolExecutor() as pool:
        assert not end_hung_while(pool.submit(sleep_on_a_connection))
    time.sleep(HOLD_SECONDS)


def test_a_server_that_several_wait_for_is_asked_once(transactional_db, monkeypatch):
    asked = []
    monkeypatch.setattr(hung, "answers", lambda *place: asked.append(place) or True)
    with ThreadPoolExecutor() as pool:
        sleeping = [pool.submit(sleep_on_a_connection) for _ in range(REQUESTS_AT_ONCE)]
        while len(waiting_longer_than(IDLE_SECONDS)) < REQUESTS_AT_ONCE:
            assert not any(one.done() for one in sleeping)
        end_hung()
        assert all(one.result() for one in sleeping)
    assert len(asked) == 1


def test_a_row_that_many_want_in_turn_is_no_stall():
    """As many requests as there is room for wait, while one after the other is answered."""
    over = threading.Event()

    def wait_for_it(*_statement):
        over.wait()

    def answer(*_statement):
        pass

    with ThreadPoolExecutor() as pool:
        for _ in range(REQUESTS_AT_ONCE):
            pool.submit(run, wait_for_it)
        end = time.monotonic() + STALL_SECONDS * 0.8
        seen = set()
        while time.monotonic() < end:
            run(answer)
            seen.add(is_stalled())
            time.sleep(0.02)
        over.set()
    assert seen == {False}


def test_statements_that_never_end_leave_one_thread():
    over, begun = threading.Event(), threading.Barrier(REQUESTS_AT_ONCE + 1)

    def execute(*_statement):
        begun.wait()
        over.wait()

    def get_page():
        with room_for_request() as may_go_on:
            assert may_go_on
            run(execute)

    with ThreadPoolExecutor() as pool:
        pages = [pool.submit(get_page) for _ in range(REQUESTS_AT_ONCE)]
        begun.wait()
        try:
            with room_for_request() as may_go_on:
                assert not may_go_on
        finally:
            over.set()
        assert [page.result() for page in pages] == [None] * REQUESTS_AT_ONCE
    with room_for_request() as may_go_on:
        assert may_go_on


def test_requests_that_are_only_slow_let_another_in():
    over, begun = threading.Event(), threading.Barrier(REQUESTS_AT_ONCE + 1)

    def get_slow_page():
        with room_for_request():
            begun.wait()
            over.wait()

    with ThreadPoolExecutor() as pool:
        for _ in range(REQUESTS_AT_ONCE):
            pool.submit(get_slow_page)
        begun.wait()
        try:
            with room_for_request() as may_go_on:
                assert may_go_on
        finally:
            over.set()


def test_connecting_in_vain_counts_as_waiting(db, program):
    def connect(_):
        began = time.monotonic() - STALL_SECONDS - 0.1
        note_failure(began)
        note_failure(began)  # the same one, seen by the statement and by the page

    time.sleep(HOLD_SECONDS)
    with ThreadPoolExecutor(STALLED_THREADS) as pool:
        list(pool.map(connect, [0]))
        assert Client().get("/articles/").status_code == 200
    time.sleep(IDLE_SECONDS)  # that was an answer
    with ThreadPoolExecutor(STALLED_THREADS) as pool:
        barrier = threading.Barrier(STALLED_THREADS)
        list(pool.map(lambda _: (barrier.wait(), connect(_)), range(STALLED_THREADS)))
    assert Client().get("/articles/").status_code == 503
    time.sleep(HOLD_SECONDS)
