"""What the first visit of a member’s pages takes: requests, and bytes on the way."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse

from .conftest import KEY
from .test_offline_sessions import imported_by

pytestmark = pytest.mark.django_db
FETCHED = {"stylesheet", "icon", "manifest", "modulepreload", "preload"}


class Parts(HTMLParser):
    """The addresses of what a browser fetches with a page."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link" and FETCHED & set(given["rel"].split()):
            self.found.add(given["href"])
        elif tag in ("script", "img") and given.get("src"):
            self.found.add(given["src"])


def size(response):
    """Its bytes on the way."""
    return len(b"".join(response.streaming_content) if response.streaming else response.content)


@pytest.mark.parametrize(
    ("name", "args", "scripts", "most_requests", "most_bytes"),
    [("today", [], 6, 20, 54_000), ("session", [KEY], 9, 30, 85_000)],
)
def test_a_first_visit_is_light(enrollment, as_mother, name, args, scripts, most_requests, most_bytes):
    as_mother.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    address = reverse(name, args=args)
    parts = Parts()
    parts.feed(as_mother.get(address, headers={"Accept-Encoding": "identity"}).text)
    del as_mother.defaults["HTTP_ACCEPT_ENCODING"]
    fetched = parts.found | imported_by(as_mother, parts.found, 3)
    as_mother.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"

    assert len([one for one in fetched if one.startswith(settings.STATIC_URL + "js/")]) == scripts
    assert 1 + len(fetched) <= most_requests
    assert sum(size(as_mother.get(one)) for one in fetched | {address}) <= most_bytes
