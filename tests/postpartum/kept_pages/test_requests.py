"""Which requests may be answered from memory."""

import pytest

from postpartum.kept_pages.requests import Key, Origin, bare, key_of

HTTP = Origin("http", "tend.example", None)
BEHIND_A_PROXY = Origin("https", "tend.example", ("HTTP_X_FORWARDED_PROTO", "https"))


def request(path="/", query="", **more):
    """A visitor's request."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "tend.example",
        "wsgi.url_scheme": "http",
        **more,
    }


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (request(), Key("/", "")),
        (request(REQUEST_METHOD="HEAD"), Key("/", "")),
        (request("/articles/", "topic=rest&page=2"), Key("/articles/", "page=2&topic=rest")),
        (request("/articles/", "page=2&topic=rest"), Key("/articles/", "page=2&topic=rest")),
        (request("/exercises/", "focus="), Key("/exercises/", "focus=")),
        (request(HTTP_HOST="Tend.Example"), Key("/", "")),
        (request(CONTENT_LENGTH=""), Key("/", "")),
    ],
)
def test_a_page_goes_by_path_and_parameters(asked, key):
    assert key_of(asked, HTTP) == key


@pytest.mark.parametrize(
    "asked",
    [
        request(REQUEST_METHOD="POST"),
        request(REQUEST_METHOD="PUT"),
        request(HTTP_COOKIE="figures=b"),
        request(HTTP_COOKIE=""),
        request(HTTP_AUTHORIZATION="Basic eDp5"),
        request(HTTP_RANGE="bytes=0-1"),
        request(HTTP_IF_RANGE='"x"'),
        request(HTTP_IF_MATCH='"x"'),
        request(HTTP_IF_UNMODIFIED_SINCE="Mon, 30 Nov 2026 00:00:00 GMT"),
        request(HTTP_HOST="evil.example"),
        request(HTTP_HOST="tend.example:81"),
        request(HTTP_HOST="tend.example.evil.example"),
        request(CONTENT_LENGTH="5"),
        request(HTTP_TRANSFER_ENCODING="chunked"),
        request(SCRIPT_NAME="/under"),
        request("/articles/", "page=1&page=2"),
        request("/articles/", "&"),
        request("/" + "a" * 400),
        request("/articles/", "topic=" + "a" * 400),
        request(**{"wsgi.url_scheme": "https"}),
    ],
)
def test_whatever_is_not_a_plain_visit_goes_to_django(asked):
    assert key_of(asked, HTTP) is None


@pytest.mark.parametrize(
    ("sent", "is_kept"), [("https", True), ("http", False), ("https, http", True), ("", False)]
)
def test_behind_a_proxy_the_scheme_is_what_the_proxy_says(sent, is_kept):
    assert (key_of(request(HTTP_X_FORWARDED_PROTO=sent), BEHIND_A_PROXY) is not None) == is_kept


def test_without_the_proxys_header_the_scheme_is_the_servers():
    assert key_of(request(), BEHIND_A_PROXY) is None
    assert key_of(request(HTTP_X_FORWARDED_PROTO="https"), HTTP) is not None


def test_django_learns_nothing_of_who_asks():
    told = request(
        "/articles/",
        "topic=rest&page=2",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_FOR="203.0.113.9",
        HTTP_ACCEPT_LANGUAGE="de",
        HTTP_ACCEPT_ENCODING="gzip",
        HTTP_USER_AGENT="A phone",
        HTTP_REFERER="https://example.org/secret",
        HTTP_IF_NONE_MATCH='"x"',
        REMOTE_USER="maya",
        REQUEST_METHOD="HEAD",
    )

    asked = bare(told, key_of(told, HTTP), HTTP)

    assert {name for name in asked if name.startswith(("HTTP_", "REMOTE_USER"))} == {"HTTP_HOST"}
    assert (asked["REQUEST_METHOD"], asked["QUERY_STRING"]) == ("GET", "page=2&topic=rest")
