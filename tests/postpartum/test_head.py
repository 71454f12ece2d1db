"""HEAD, by which monitors look whether a site answers: the headers of GET and no body, which gunicorn logs as a fault."""

from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse

from postpartum.middleware import HeadMiddleware


def ask(path, method):
    """Ask Django for a page that is not from memory; status, headers and body."""
    request = {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
    }
    setup_testing_defaults(request)
    began = []
    response = get_wsgi_application()(
        request, lambda status, headers, exc_info=None: began.extend([status, headers])
    )
    body = b"".join(response)
    response.close()
    return began[0], dict(began[1]), body


@pytest.mark.parametrize("path", ["/", "/exercises/", "/robots.txt", "/nothing-is-here/"])
def test_head_is_answered_as_get_without_the_body(db, program, path):
    status, headers, body = ask(path, "HEAD")
    of_get = ask(path, "GET")
    assert body == b""
    assert (status, headers["Content-Length"]) == (of_get[0], str(len(of_get[2])))


def test_a_file_is_not_read_for_head(rf, tmp_path):
    path = tmp_path / "handout.pdf"
    path.write_bytes(b"%PDF" * 1000)
    response = HeadMiddleware(lambda request: FileResponse(path.open("rb")))(rf.head("/"))
    assert response.headers["Content-Length"] == "4000"
    assert (response.getvalue(), response.file_to_stream) == (b"", None)
    response.close()
