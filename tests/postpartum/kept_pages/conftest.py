"""Visitors who knock at the application that a production server imports."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings

from postpartum.wsgi import application

HOST = urlsplit(settings.SITE_URL).netloc
PATIENCE = 20  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_public(self):
        """Whether it went through the shelf: Django's own answers let nobody keep them."""
        return "s-maxage=1" in self.headers.get("Cache-Control", "")


def ask(path, method="GET", host=HOST, **environ):
    """Ask for a path, which may have a query; headers as WSGI names them."""
    path, _, query = path.partition("?")
    request = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": method,
        "HTTP_HOST": host,
        **environ,
    }
    setup_testing_defaults(request)
    began = []
    response = application(request, lambda status, headers, exc_info=None: began.extend([status, headers]))
    try:
        body = b"".join(response)
    finally:
        getattr(response, "close", lambda: None)()
    return Answer(int(began[0].split()[0]), dict(began[1]), body)


def wait_until(condition):
    """Wait for a state that comes by itself."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it has not come about"
        time.sleep(0.02)


@pytest.fixture
def visit(transactional_db, program):
    """Ask for pages of the site, once it keeps them."""
    wait_until(lambda: ask("/robots.txt").is_public)
    yield ask
    application.close()
