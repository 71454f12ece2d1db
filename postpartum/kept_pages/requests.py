"""Which requests a kept page may answer, and by which key."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# What tells visitors apart, or asks for something else than the whole page.
REFUSED_HEADERS = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_TRANSFER_ENCODING",
)
LONGEST = 300  # characters of a path or a query
SEEN_BY_THE_PAGE = (
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SCRIPT_NAME",
    "REMOTE_ADDR",
    "HTTP_HOST",
)


class Key(NamedTuple):
    """What a kept page depends on: its path as WSGI gives it, and its query parameters in order."""

    path: str
    query: str


class Origin(NamedTuple):
    """The one scheme and host whose pages are kept; requests for others go on to Django."""

    scheme: str
    host: str
    scheme_header: tuple[str, str] | None  # what a proxy sends for a secure request, and its value

    @classmethod
    def from_settings(cls) -> Origin:
        """Return the origin of SITE_URL."""
        address = urlsplit(settings.SITE_URL)
        return cls(address.scheme, address.netloc.lower(), settings.SECURE_PROXY_SSL_HEADER)

    def is_of(self, request: Environ) -> bool:
        """Return whether a request asks for this host by this scheme."""
        return request.get("HTTP_HOST", "").lower() == self.host and self._scheme_of(request) == self.scheme

    def _scheme_of(self, request: Environ) -> str:
        """Return the scheme as Django determines it."""
        if self.scheme_header:
            name, secure = self.scheme_header
            if name in request:
                return "https" if request[name].split(",")[0].strip() == secure else "http"
        return request["wsgi.url_scheme"]


def key_of(request: Environ, origin: Origin) -> Key | None:
    """Return the key of the page a request asks for; None for a request that only Django may answer."""
    if request["REQUEST_METHOD"] not in ("GET", "HEAD") or not origin.is_of(request):
        return None
    if any(name in request for name in REFUSED_HEADERS) or request.get("SCRIPT_NAME"):
        return None
    if request.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    path, query = request.get("PATH_INFO", ""), request.get("QUERY_STRING", "")
    if len(path) > LONGEST or len(query) > LONGEST:
        return None
    if not query:
        return Key(path, "")
    parameters = parse_qsl(query, keep_blank_values=True)
    if len(dict(parameters)) != len(parameters) or not parameters:
        return None
    return Key(path, urlencode(sorted(parameters)))


def parameters_of(key: Key) -> frozenset[str]:
    """Return the names of the query parameters."""
    return frozenset(name for name, _ in parse_qsl(key.query, keep_blank_values=True))


def bare(request: Environ, key: Key, origin: Origin) -> Environ:
    """Return a GET request for the page that says nothing about who asks, and takes the page uncompressed."""
    bared = {name: request[name] for name in SEEN_BY_THE_PAGE if name in request}
    bared |= {name: value for name, value in request.items() if name.startswith("wsgi.")}
    if origin.scheme_header and origin.scheme_header[0] in request:
        bared[origin.scheme_header[0]] = request[origin.scheme_header[0]]
    bared |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "wsgi.input": io.BytesIO(),
    }
    bared.pop("wsgi.file_wrapper", None)
    return bared
