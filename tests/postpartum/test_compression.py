"""How pages are compressed: for one request with a header of random length, for many as small as possible."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from postpartum.compression import MOST_RANDOM_BYTES, accepts_gzip, packed_once
from postpartum.middleware import TextGZipMiddleware

BODY = b"<p>" + b"Breathe in, and let your belly be soft. " * 60 + b"</p>"
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def answer(rf, response, **headers):
    return TextGZipMiddleware(lambda request: response)(rf.get("/", **headers))


@pytest.mark.parametrize(
    ("header", "takes_it"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("GZIP", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("identity;q=1, *;q=0", False),
        ("gzip;q=rubbish", False),
        ("gzipped", False),
    ],
)
def test_accept_encoding(header, takes_it):
    assert accepts_gzip(header) == takes_it


def test_a_page_is_compressed_for_a_browser_that_takes_it(rf):
    response = answer(rf, HttpResponse(BODY, headers={"ETag": '"abc"'}), **GZIP)
    assert gzip.decompress(response.content) == BODY
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["ETag"] == 'W/"abc"'


def test_for_another_browser_it_stays_and_says_that_it_varies(rf):
    response = answer(rf, HttpResponse(BODY))
    assert response.content == BODY
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(BODY, content_type="image/webp"),
        HttpResponse(BODY, headers={"Content-Encoding": "br"}),
    ],
)
def test_what_is_short_or_compressed_already_stays(rf, response):
    before = response.content
    assert answer(rf, response, **GZIP).content == before


def test_what_would_become_longer_stays(rf):
    noise = bytes(range(256))
    assert answer(rf, HttpResponse(noise, content_type="text/plain"), **GZIP).content == noise


def test_a_stream_is_compressed_as_it_comes(rf):
    response = answer(rf, StreamingHttpResponse([BODY, BODY]), **GZIP)
    assert gzip.decompress(response.getvalue()) == BODY + BODY


def test_equal_pages_have_answers_of_many_lengths():
    lengths = {len(packed_once(BODY)) for _ in range(200)}
    assert len(lengths) > MOST_RANDOM_BYTES / 4
    assert max(lengths) - min(lengths) < MOST_RANDOM_BYTES
