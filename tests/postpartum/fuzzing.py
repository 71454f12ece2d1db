"""Requests that no browser of good will sends: nasty values in addresses, after the ?, and in every form field.

What there is to send is read from the site itself: its URL patterns, the links and forms of its pages, and the names that
the code of a page asks a request for.
"""

import inspect
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit
from zlib import crc32

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

TEXTS = [
    "\0", "a\0b", "", "-1", "0", "1.5", str(2**31), str(2**63), "9" * 400, "1e999", "NaN", "²", "١٢", "None", "true",
    "0001-01-01", "9999-12-31", "9999-12-31T23:59:59+14:00", "99999-02-30", "25:61", "[" * 20_000, "{" * 20_000,
    "<b>" * 5_000, "x" * 70_000, "../../etc/passwd", "//evil.example/", "/\\evil.example", "https://[::1", "javascript:1",
    "'\";--<script>", "{{ 7*7 }}%s%(x)s{0}", "\r\nSet-Cookie: a=b", "\u202e\ufeff", "👩‍🍼" * 300, "a@b@c", "ünï@exämple.org",
    "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
NO_UTF8 = ["%FF%FE", "%ED%A0%80"]
IN_ADDRESSES = [quote(text[:2_000], safe="") or "%20" for text in TEXTS] + [*NO_UTF8, "%2E%2E", "%2F"]
JSON = ["", "null", "[]", "[" * 20_000, '{"a":' * 20_000, '"\\ud800"', "1e999", "{\xff", '{"id": "\\u0000"}']
FILES = {
    "empty.png": b"",
    "a\0b.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    f"{'x' * 300}.jpg": b"\xff\xd8\xff\xe0 and no more",
    "../../up.webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\xff" * 60,
    "box.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\xff" * 30,
    "blog.xml": b"<?xml version='1.0' encoding='utf-99'?><rss><channel>" + b"<a>" * 20_000,
    "letter.pdf": b"%PDF-",
}
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
_ASKED = re.compile(r"(GET|POST)(?:\.get|\.getlist)?[(\[]\"(\w+)\"|\"(\w+)\" (?:not )?in request\.(GET|POST)")
_REPEATED = re.compile(r"-([1-9]\d*|__prefix__)-")  # a row of many that are alike
EVERY, SOME = 2, 1  # values a field meets: of an address, and of a form
LONG = 10  # fields


@dataclass(frozen=True)
class Route:
    """A URL pattern as one text, those of includes in front, and the names its page may ask a request for."""

    text: str
    asked: tuple[str, ...]

    @property
    def places(self) -> list[str]:
        """The names of what stands in its addresses."""
        return [one[1] or one[2] for one in _PLACE.finditer(self.text)]

    def address(self, values: dict[str, str]) -> str:
        """The address with quoted text for each name."""
        address = _PLACE.sub(lambda one: values[one[1] or one[2]], self.text)
        return "/" + re.sub(r"[\^$\\]", "", address)


@dataclass(frozen=True)
class Form:
    """A form of a page: how and where it is sent, {name: values} of its fields, and the names of its uploads."""

    method: str
    action: str
    values: dict[str, list[str]] = field(hash=False)
    files: tuple[str, ...] = ()


@cache
def routes() -> list[Route]:
    """Every route, but the last one of Django's admin, which takes whatever is left."""
    return [
        Route(text, _asked(pattern))
        for text, pattern in _patterns(get_resolver().url_patterns)
        if not text.endswith("(?P<url>.*)$")
    ]


def _patterns(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, text)
        else:
            yield text, pattern


def _asked(pattern: URLPattern) -> tuple[str, ...]:
    """The names that the module of a page asks a request for; Django's and allauth's have `next`."""
    view = inspect.unwrap(pattern.callback)
    module = inspect.getmodule(getattr(view, "view_class", view))
    found = {one[2] or one[3] for one in _ASKED.finditer(inspect.getsource(module))} if module else set()
    return tuple(sorted(found)) or ("next",)


def nasty_addresses(route: Route, good: dict[str, str], salt: str) -> Iterator[str]:
    """Addresses with one nasty value each, the others good."""
    for name in route.places:
        for value in {*IN_ADDRESSES[:2], *_some(IN_ADDRESSES, f"{salt} {route.text} {name}", EVERY)}:
            yield route.address(good | {name: value})


def nasty_queries(names: Collection[str], salt: str) -> Iterator[str]:
    """What stands after the ?: a nasty value for each name, and for all names at once."""
    for name in sorted(names):
        for value in {"\0", *_some(TEXTS, f"{salt} {name}", SOME)}:
            yield f"{quote(name)}={quote(value[:4_000])}"
        yield f"{quote(name)}={NO_UTF8[0]}"
    for value in _some(TEXTS, salt, EVERY) if len(names) > 1 else ():
        yield "&".join(f"{quote(name)}={quote(value[:500])}" for name in names)


def nasty_bodies(form: Form, salt: str) -> Iterator[dict[str, Any]]:
    """What is sent: a field nasty, or six of a long form, and the others as the page has them; then all alike."""
    names = [name for name in form.values if not _REPEATED.search(name)]
    for some in batched(names, 6 if len(names) > LONG else 1):
        yield form.values | {name: _some(TEXTS, f"{salt} {form.action} {name}", SOME) for name in some}
    for name in form.values:
        if name.endswith("-TOTAL_FORMS"):
            yield {other: kept for other, kept in form.values.items() if other != name}
    yield {}
    for name in [one for one in form.files if not _REPEATED.search(one)]:
        for file, content in FILES.items():
            upload = SimpleUploadedFile("x", content)
            upload.name = file
            yield form.values | {name: upload}
    for value in ["\0", *_some(TEXTS, f"{salt} {form.action}", EVERY)]:
        yield {name: [value] for name in form.values}


def batched(names: list[str], size: int) -> list[list[str]]:
    """The names, so many at a time."""
    return [names[at : at + size] for at in range(0, len(names), size)]


def _some(values: list[str], salt: str, count: int) -> list[str]:
    """`count` of the values, the same for the same salt: many fields together meet all of them."""
    first = crc32(salt.encode())
    return [values[(first + 11 * step) % len(values)] for step in range(count)]


def links_of(page: BeautifulSoup) -> list[str]:
    """Where the page leads on this site."""
    targets = [one["href"] for one in page.find_all("a", href=True)]
    return [one for one in targets if one.startswith(("/", "?")) and not one.startswith("//")]


def query_names(links: list[str], address: str) -> set[str]:
    """The names after the ? in links of a page to itself, such as those of a list's filters."""
    targets = [urlsplit(one) for one in links]
    return {name for one in targets if one.path in ("", address) for name, _ in parse_qsl(one.query)}


def forms_of(page: BeautifulSoup, address: str) -> list[Form]:
    """Each form of a page."""
    return [_form(one, address) for one in page.find_all("form")]


def _form(form: Any, address: str) -> Form:
    values: dict[str, list[str]] = {}
    files = []
    for one in form.find_all(["input", "select", "textarea", "button"]):
        name, kind = one.get("name"), one.get("type")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind == "file":
            files.append(name)
        elif one.name == "select":
            values.setdefault(name, []).extend(_chosen(one))
        elif kind not in ("checkbox", "radio") or one.has_attr("checked") or name not in values:
            text = one.get_text() if one.name == "textarea" else one.get("value", "")
            values.setdefault(name, []).append(text)
    action = urlsplit(form.get("action") or address)
    return Form((form.get("method") or "get").lower(), action.path or address, values, tuple(files))


def _chosen(select: Any) -> list[str]:
    options = select.find_all("option")
    chosen = [one for one in options if one.has_attr("selected")] or options[:1]
    return [one.get("value", one.get_text()) for one in chosen]
