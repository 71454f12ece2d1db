"""Files that never change: kept once under the name of what they say, and served in the parts a phone asks for."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from common.stored_files import content_key, ranged_file_response, store
from postpartum.middleware import TextGZipMiddleware

WORDS = bytes(range(100))
KEY = content_key(WORDS)
PATH = f"kept/{KEY}.mp4"


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    """A storage of its own with one file."""
    settings.MEDIA_ROOT = tmp_path
    store(PATH, ContentFile(WORDS))


def asked(key=KEY, **headers):
    """What comes back for a request with these headers, compression included."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"} | headers)
    return TextGZipMiddleware(lambda request: ranged_file_response(request, key, PATH, "video/mp4"))(request)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=90-1000", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=-500", 0, 99),
    ],
)
def test_a_part_is_answered_with_that_part(wanted, first, last):
    response = asked(Range=wanted)

    assert response.status_code == 206
    assert b"".join(response.streaming_content) == WORDS[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    "wanted", ["", "bytes=-", "bytes=1-2,4-5", "lines=0-1", "bytes=a-b", "bytes=" + "9" * 30 + "-"]
)
def test_what_is_no_single_part_gets_the_whole(wanted):
    response = asked(Range=wanted)

    assert (response.status_code, response["Accept-Ranges"]) == (200, "bytes")
    assert b"".join(response.streaming_content) == WORDS
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("wanted", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(wanted):
    response = asked(Range=wanted)

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_a_part_of_another_file_is_not_mixed_in():
    assert asked(Range="bytes=5-9", **{"If-Range": '"another"'}).status_code == 200
    assert asked(Range="bytes=5-9", **{"If-Range": f'"{KEY}"'}).status_code == 206


@pytest.mark.parametrize("key", ["0" * 31, "../../etc/passwd", "0" * 33, KEY.upper()])
def test_only_names_of_ours_are_looked_for(key):
    with pytest.raises(Http404):
        asked(key)


def test_what_is_kept_is_never_written_over_but_mended_where_it_was_cut_off():
    store(PATH, ContentFile(b"x" * 100))
    assert default_storage.open(PATH).read() == WORDS

    default_storage.delete(PATH)
    default_storage.save(PATH, ContentFile(WORDS[:7]))
    store(PATH, ContentFile(WORDS))
    assert default_storage.open(PATH).read() == WORDS
