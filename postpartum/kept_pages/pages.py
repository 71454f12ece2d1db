"""A finished page: which responses may be kept, and the answers made from one."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.utils.http import parse_etags, parse_http_date_safe

from postpartum.compression import SMALLEST_PACKED, accepts_gzip, packed_to_keep
from postpartum.kept_pages.requests import Environ

Headers = list[tuple[str, str]]

LARGEST = 512 * 1024  # bytes of a page
# Browsers ask again each time; a proxy may answer for a second, and for an hour while the site does not.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-if-error=3600"
KEPT_VARY = {"accept-encoding", "cookie"}  # requests for kept pages have no cookie
PERSONAL = re.compile(rb"csrfmiddlewaretoken")
PACKABLE = re.compile(r"text/|application/(?!octet)|image/svg")
COMPUTED = {"content-length", "content-encoding", "etag", "vary", "cache-control"}
MAIN = re.compile(rb'<main id="main"[^>]*>')


@dataclass(frozen=True)
class Page:
    """One page, compressed where that is worth it."""

    body: bytes
    is_packed: bool
    etag: str
    last_modified: int | None
    headers: tuple[tuple[str, str], ...]  # without Content-Length and Content-Encoding
    made_at: float  # seconds since the epoch

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.body) + 3000

    @classmethod
    def from_response(cls, status: str, headers: Headers, body: bytes) -> Page | None:
        """Return the page of a response to a bare request; None if it may not be kept."""
        found = {name.lower(): value for name, value in headers}
        if not status.startswith("200") or not may_be_kept(found, body):
            return None
        packed = packed_to_keep(body) if _is_packable(found, body) else body
        etag = f'W/"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        vary = ", ".join(sorted({"Accept-Encoding", *filter(None, re.split(r",\s*", found.get("vary", "")))}))
        control = found.get("cache-control", "no-cache")
        own = [
            ("ETag", etag),
            ("Vary", vary),
            ("Cache-Control", CACHE_CONTROL if control == "no-cache" else control),
        ]
        others = [(name, value) for name, value in headers if name.lower() not in COMPUTED]
        modified = found.get("last-modified")
        return cls(
            body=min(packed, body, key=len),
            is_packed=len(packed) < len(body),
            etag=etag,
            last_modified=parse_http_date_safe(modified) if modified else None,
            headers=(*others, *own),
            made_at=time.time(),
        )

    def answer(self, request: Environ) -> tuple[str, Headers, bytes]:
        """Return status, headers and body for a request: 304 where the browser has this page."""
        if self._is_known_to(request):
            return "304 Not Modified", [one for one in self.headers if not one[0].startswith("Content-")], b""
        headers = list(self.headers)
        body = self.body
        if self.is_packed:
            if accepts_gzip(request.get("HTTP_ACCEPT_ENCODING", "")):
                headers.append(("Content-Encoding", "gzip"))
            else:
                body = gzip.decompress(body)
        headers.append(("Content-Length", str(len(body))))
        return "200 OK", headers, body

    def answer_marked(self) -> tuple[str, Headers, bytes]:
        """Return the page with its age, in a header and in a line for people: it could not be checked for changes."""
        body = gzip.decompress(self.body) if self.is_packed else self.body
        body = MAIN.sub(lambda match: match[0] + self._note(), body, count=1)
        headers = [one for one in self.headers if one[0] not in ("ETag", "Cache-Control", "Last-Modified")]
        age = str(max(0, int(time.time() - self.made_at)))
        headers += [("Age", age), ("Cache-Control", "no-cache"), ("Content-Length", str(len(body)))]
        return "200 OK", headers, body

    def _note(self) -> bytes:
        made_at = datetime.fromtimestamp(self.made_at, UTC)
        return render_to_string("_kept_note.html", {"made_at": made_at}).encode()

    def _is_known_to(self, request: Environ) -> bool:
        """Return whether the browser's copy is this page (RFC 9110, 13.2.2)."""
        tags = request.get("HTTP_IF_NONE_MATCH")
        if tags:
            return tags == self.etag or _matches(self.etag, tags)
        since = request.get("HTTP_IF_MODIFIED_SINCE")
        if not since or self.last_modified is None:
            return False
        known = parse_http_date_safe(since)
        return known is not None and self.last_modified <= known


def may_be_kept(headers: dict[str, str], body: bytes) -> bool:
    """Return whether a response, headers by lower-case name, is the same for every visitor without a cookie."""
    control = headers.get("cache-control", "")
    return not (
        "set-cookie" in headers
        or "content-encoding" in headers
        or "content-range" in headers
        or "private" in control
        or "no-store" in control
        or "nonce-" in headers.get("content-security-policy", "")
        or {one.strip().lower() for one in headers.get("vary", "").split(",") if one} - KEPT_VARY
        or len(body) > LARGEST
        or PERSONAL.search(body)
    )


def _matches(etag: str, tags: str) -> bool:
    known = parse_etags(tags)
    return known == ["*"] or etag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


def _is_packable(headers: dict[str, str], body: bytes) -> bool:
    return len(body) >= SMALLEST_PACKED and bool(PACKABLE.match(headers.get("content-type", "")))
