"""The WSGI application in front of Django's: answers with kept pages, and keeps what Django makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.http import Http404
from django.urls import resolve

from common.public_pages import public_parameters
from postpartum.kept_pages.pages import Headers, Page
from postpartum.kept_pages.requests import (
    Application,
    Environ,
    Key,
    Origin,
    StartResponse,
    bare,
    key_of,
    parameters_of,
)
from postpartum.kept_pages.watching import Generation, Standing, Watcher

TABLES = re.compile(r'(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)')


class KeptPages:
    """Django's application with kept pages in front."""

    def __init__(self, application: Application, watcher: Watcher) -> None:
        self._application, self._watcher = application, watcher
        self._origin = Origin.from_settings()

    def __call__(self, request: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory if the page is current, else from Django; while the database is away, marked."""
        self._watcher.ensure_running()  # also where only members ask: their pages show menus and texts, too
        key = key_of(request, self._origin)
        if key is None:
            return self._application(request, start_response)
        standing = self._watcher.settled_standing()  # before the generation, which may be replaced meanwhile
        generation = self._watcher.generation
        if generation is None:
            return self._application(request, start_response)
        page = generation.pages.of(key).get(key)
        if page and standing == Standing.CURRENT and not generation.is_over():
            return _send(request, start_response, *page.answer(request))
        if page and standing == Standing.AWAY:
            return _send(request, start_response, *page.answer_marked())
        if not _is_public(key):
            return self._application(request, start_response)
        return self._make(request, start_response, key, generation, page)

    def close(self) -> None:
        """End what runs in the background and forget all pages; for the end of a process."""
        self._watcher.stop()

    def _make(
        self,
        request: Environ,
        start_response: StartResponse,
        key: Key,
        generation: Generation,
        former: Page | None,
    ) -> Iterable[bytes]:
        """Have Django make the page from a bare request; keep it if all it shows is watched."""
        status, headers, body, tables = _ask(self._application, bare(request, key, self._origin))
        page = Page.from_response(status, headers, body) if tables <= generation.watched_tables else None
        if page:
            generation.pages.of(key).put(key, page)
            return _send(request, start_response, *page.answer(request))
        if former and status.startswith("5"):
            return _send(request, start_response, *former.answer_marked())
        return _send(request, start_response, status, headers, body)


def _is_public(key: Key) -> bool:
    """Return whether the address is of a page that may be kept, with these parameters."""
    known = _known_parameters(key.path)
    return known is not None and parameters_of(key) <= known


@lru_cache(1024)
def _known_parameters(path: str) -> frozenset[str] | None:
    """Return the parameters that a public page at the path has; None without such a page."""
    try:
        return public_parameters(resolve(path.encode("latin-1").decode()).func)
    except (Http404, UnicodeDecodeError):
        return None


def _ask(application: Application, request: Environ) -> tuple[str, Headers, bytes, set[str]]:
    """Return status, headers and body of Django's response, and the tables it asked for."""
    began: list[Any] = []
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        tables.update(TABLES.findall(sql))
        return execute(sql, params, many, context)

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        began[:] = [status, headers]

    with connection.execute_wrapper(note):
        response = application(request, start_response)
        try:
            body = b"".join(response)
        finally:
            getattr(response, "close", lambda: None)()
    return began[0], began[1], body, tables


def _send(
    request: Environ, start_response: StartResponse, status: str, headers: Headers, body: bytes
) -> Iterable[bytes]:
    start_response(status, headers)
    return [] if request["REQUEST_METHOD"] == "HEAD" or not body else [body]
