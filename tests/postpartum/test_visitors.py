"""Any number of visitors, each with a browser that keeps its connection, leaves the database room."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import psycopg2
import pytest

from postpartum.embedded_postgres import connection
from tests.servers import Server, a_data_dir, a_free_port

VISITORS = 200
PATIENCE = 90  # seconds
WEB = 2 * (4 + 1)  # gunicorn's processes and their threads, one of which looks for changes of kept pages
OTHERS = 4  # the worker, whoever looks, and one more
PAGES = ("/articles/", "/exercises/")


def visit(address, all_are_here):
    """Open pages over one connection, kept open until everybody has come, if the server lets us; their statuses."""
    statuses = []
    with closing(http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)) as browser:
        for page in PAGES:
            with suppress(OSError, http.client.HTTPException):
                statuses.append(status_of(browser, page))
            all_are_here.wait(2 * PATIENCE)
    return statuses


def status_of(browser, page):
    """Open a page; once more where the connection has been closed meanwhile, as browsers do."""
    try:
        browser.request("GET", page)
        answer = browser.getresponse()
    except (ConnectionError, http.client.HTTPException):
        browser.close()
        browser.request("GET", page)
        answer = browser.getresponse()
    answer.read()
    return answer.status


class ConnectionCount(threading.Thread):
    """Counts meanwhile how many connections the embedded PostgreSQL has."""

    def __init__(self, data_dir):
        super().__init__()
        place = connection(data_dir)
        self._database = psycopg2.connect(dbname=place["NAME"], user=place["USER"], host=place["HOST"])
        self._database.autocommit = True
        self._end = threading.Event()
        self.most = 0

    def now(self):
        """How many there are."""
        with self._database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
            return cursor.fetchone()[0]

    def run(self):
        """Count until the context ends."""
        while not self._end.wait(0.05):
            self.most = max(self.most, self.now())

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        self.join()
        self._database.close()


@pytest.fixture(scope="module")
def site():
    """A server to be started in one way and another on the same data."""
    with a_data_dir() as data_dir:
        server = Server(data_dir, a_free_port())
        yield server
        if server.process:
            server.kill_everything()


def test_more_threads_than_the_database_has_connections_are_refused_before_anybody_comes(site):
    code, said = site.run_to_end("--production", WEB_CONCURRENCY="8")

    assert code == 1
    assert "8 processes of 4 threads may need 85 connections, but the database takes 57" in said
    assert "Lower WEB_CONCURRENCY" in said
    assert "Open http" not in said


@pytest.mark.parametrize("mode", [["--production"], []], ids=["production", "development"])
def test_two_hundred_visitors_at_once_find_the_pages_and_need_few_connections(site, mode):
    site.start(*mode)
    all_are_here = threading.Barrier(VISITORS)

    with ConnectionCount(site.data_dir) as count, ThreadPoolExecutor(VISITORS) as crowd:
        answers = list(crowd.map(lambda _: visit(site.address, all_are_here), range(VISITORS)))

    site.stop()
    assert answers == [[200, 200]] * VISITORS
    assert 0 < count.most <= WEB + OTHERS
