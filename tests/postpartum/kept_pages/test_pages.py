"""Which responses are kept, and what is answered from one."""

import gzip

import pytest

from postpartum.kept_pages.pages import LARGEST, Page
from postpartum.kept_pages.requests import Key
from postpartum.kept_pages.shelf import Shelf, Shelves

BODY = b'<html><main id="main" tabindex="-1"><h1>Rest</h1></main></html>' * 20
MODIFIED = "Mon, 30 Nov 2026 10:00:00 GMT"


def response(body=BODY, status="200 OK", **headers):
    """The page of a response with these headers besides its type; None where it may not be kept."""
    given = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache"} | headers
    return Page.from_response(status, list(given.items()), body)


@pytest.mark.parametrize(
    "made",
    [
        lambda: response(status="404 Not Found"),
        lambda: response(status="302 Found"),
        lambda: response(status="206 Partial Content"),
        lambda: response(**{"Set-Cookie": "session=1"}),
        lambda: response(**{"Cache-Control": "private, no-store"}),
        lambda: response(**{"Cache-Control": "no-store"}),
        lambda: response(Vary="Accept-Language"),
        lambda: response(Vary="Cookie, User-Agent"),
        lambda: response(Vary="*"),
        lambda: response(**{"Content-Encoding": "gzip"}),
        lambda: response(**{"Content-Range": "bytes 0-1/2"}),
        lambda: response(**{"Content-Security-Policy": "script-src 'nonce-abc'"}),
        lambda: response(b'<input name="csrfmiddlewaretoken" value="x">'),
        lambda: response(b"x" * (LARGEST + 1)),
    ],
)
def test_what_may_differ_between_visitors_is_not_kept(made):
    assert made() is None


def test_a_page_is_compressed_for_those_who_take_it():
    page = response()

    status, headers, body = page.answer({"HTTP_ACCEPT_ENCODING": "br, gzip"})

    assert status == "200 OK"
    assert gzip.decompress(body) == BODY
    given = dict(headers)
    assert given["Content-Encoding"] == "gzip"
    assert given["Content-Length"] == str(len(body))
    assert given["Vary"] == "Accept-Encoding"
    assert given["Cache-Control"].startswith("public, max-age=0, s-maxage=1")


def test_and_plain_for_those_who_do_not():
    _, headers, body = response().answer({})
    assert body == BODY
    assert "Content-Encoding" not in dict(headers)
    assert dict(headers)["Content-Length"] == str(len(BODY))


def test_a_lifetime_that_a_page_gives_itself_stays():
    page = response(**{"Cache-Control": "max-age=3600"})
    assert dict(page.answer({})[1])["Cache-Control"] == "max-age=3600"


def test_a_picture_is_not_compressed_again():
    page = response(b"\x89PNG" * 100, **{"Content-Type": "image/png"})
    assert "Content-Encoding" not in dict(page.answer({"HTTP_ACCEPT_ENCODING": "gzip"})[1])


def known(**conditions):
    """The status of a page that was last modified at MODIFIED; "{}" stands for its ETag."""
    page = response(**{"Last-Modified": MODIFIED})
    asked = {name: value.replace("{}", page.etag) for name, value in conditions.items()}
    status, headers, body = page.answer(asked)
    if status.startswith("304"):
        assert body == b""
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & dict(headers).keys()
        assert dict(headers)["ETag"] == page.etag
    return status.partition(" ")[0]


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"HTTP_IF_NONE_MATCH": "{}"}, "304"),
        ({"HTTP_IF_NONE_MATCH": '"other", {}'}, "304"),
        ({"HTTP_IF_NONE_MATCH": "*"}, "304"),
        ({"HTTP_IF_NONE_MATCH": '"other"'}, "200"),
        ({"HTTP_IF_NONE_MATCH": "rubbish"}, "200"),
        ({"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": MODIFIED}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": MODIFIED}, "304"),
        ({"HTTP_IF_MODIFIED_SINCE": "Mon, 30 Nov 2026 09:59:59 GMT"}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, "200"),
        ({}, "200"),
    ],
)
def test_what_the_browser_has_is_not_sent_again(conditions, status):
    assert known(**conditions) == status


def test_the_tag_is_of_the_words_alone():
    assert response().etag == response().etag
    assert response().etag != response(BODY + b"!").etag


def test_marked_it_tells_people_and_machines_its_age():
    _, headers, body = response(**{"Last-Modified": MODIFIED}).answer_marked()

    assert b"This page is as of" in body
    assert body.index(b"This page is as of") > body.index(b"<main")
    given = dict(headers)
    assert given["Age"] == "0"
    assert given["Cache-Control"] == "no-cache"
    assert not {"ETag", "Last-Modified", "Content-Encoding"} & given.keys()
    assert given["Content-Length"] == str(len(body))


def test_the_pages_used_last_stay_within_the_bytes():
    page = response()
    shelf = Shelf(2 * page.size)
    first, second, third = (Key(f"/{name}/", "") for name in "abc")
    shelf.put(first, page)
    shelf.put(second, page)
    shelf.put(second, page)
    assert shelf.get(first)

    shelf.put(third, page)

    assert [bool(shelf.get(key)) for key in (first, second, third)] == [True, False, True]


def test_many_queries_push_out_no_plain_address():
    page = response()
    shelves, plain = Shelves(40 * page.size), Key("/", "")
    shelves.of(plain).put(plain, page)
    for number in range(100):
        key = Key("/exercises/", f"focus={number}")
        shelves.of(key).put(key, page)

    assert shelves.of(plain).get(plain)
    assert shelves.of(key).get(key)
    first = Key("/exercises/", "focus=0")
    assert shelves.of(first).get(first) is None
