"""Error pages: kind words, a way on, help one tap away, and no database needed to say so."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import path

from postpartum.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 — read by Django

HELP = 'href="/safety/"'


def raising(error):
    """A view that fails with `error`."""

    def view(request):
        raise error

    return view


# The site with addresses that fail.
urlpatterns = [
    *urlpatterns,
    path("fails/bad/", raising(SuspiciousOperation("odd"))),
    path("fails/denied/", raising(PermissionDenied)),
    path("fails/broken/", raising(ValueError("a secret detail"))),
    path("fails/away/", raising(OperationalError("a secret detail"))),
    path("fails/cut-off/", raising(InterfaceError("a secret detail"))),
]

pytestmark = pytest.mark.urls(__name__)

PAGES = [
    ("/fails/bad/", 400, "We could not read that"),
    ("/fails/denied/", 403, "This page is not open to you"),
    ("/nothing/here/", 404, "There is nothing at this address"),
    ("/fails/broken/", 500, "Something went wrong on our side"),
    ("/fails/away/", 503, "We are catching our breath"),
    ("/fails/cut-off/", 503, "We are catching our breath"),
]


@pytest.fixture
def visitor():
    """Somebody without an account, who gets the error page and not the exception."""
    return Client(raise_request_exception=False)


def _marked(page):
    """A page with leave to ask the database, where it may be an address of the blog that was here before."""
    return pytest.param(*page, marks=[pytest.mark.django_db] if page[1] == 404 else [])


@pytest.mark.parametrize(("address", "status", "heading"), map(_marked, PAGES))
def test_says_what_happened_and_where_help_is(visitor, address, status, heading):
    # Without a mark for the database, a query here fails the test.
    response = visitor.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert HELP in page
    assert "secret" not in page
    assert "noindex" in page
    assert not response.cookies


def test_a_database_that_is_away_is_worth_another_try(visitor):
    assert visitor.get("/fails/away/").headers["Retry-After"] == "30"
    assert "Retry-After" not in visitor.get("/fails/broken/").headers


def test_a_form_that_was_open_too_long_is_asked_for_again():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "maya@example.org", "password": "x"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Please send that once more" in page
    assert HELP in page
    assert "CSRF" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_are_accessible_and_keep_the_policy(page, live_server, watch, axe, assert_everybody_can_use):
    axe.look_at_all(page.context)
    watch.expect("the server responded with a status of")

    for address, status, _heading in PAGES:
        response = page.goto(live_server.url + address)
        assert response.status == status
        assert_everybody_can_use(page)
