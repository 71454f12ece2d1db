"""Menus: links at the top and bottom of every page, ordered by the therapist."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from blog.models import MenuLink, Page
from blog.services import publish_page, reload_menus
from common.menus import set_menus

pytestmark = pytest.mark.django_db
MENUS = reverse("admin:desk_menus")


@pytest.fixture(autouse=True)
def no_menus():
    """Menus belong to the process, not to the database."""
    yield
    set_menus({})


@pytest.fixture
def about(db):
    """A published page."""
    page = Page.objects.create(title="About", slug="about")
    return publish_page(page, "<p>Hello.</p>", timezone.now())


@pytest.fixture
def send(as_therapist, django_capture_on_commit_callbacks):
    """A function that sends rows of the form: dictionaries of fields."""

    def send(*rows):
        sent = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            sent |= {f"form-{number}-{name}": value for name, value in row.items()}
        with django_capture_on_commit_callbacks(execute=True):
            return as_therapist.post(MENUS, sent)

    return send


def links(client, where, path="/safety/"):
    """The (words, address) of the links in the header or footer of a page."""
    found = BeautifulSoup(client.get(path).text, "html.parser").select(f"{where} a")
    return [(link.text.strip(), link["href"]) for link in found]


def test_a_footer_that_nobody_made_lists_the_published_pages(client, about):
    Page.objects.create(title="Terms", slug="terms")
    reload_menus()

    assert ("About", "/about/") in links(client, "footer")
    assert "/terms/" not in dict(map(reversed, links(client, "footer")))


def test_links_stand_where_and_in_the_order_she_says(client, send, about):
    response = send(
        {"menu": "footer", "leads_to": f"page:{about.pk}", "ORDER": 2},
        {"menu": "footer", "address": "booking.example.org/elena", "text": "Book a visit", "ORDER": 1},
        {"menu": "header", "leads_to": "/articles/", "text": "Read", "ORDER": 3},
        {"menu": "footer", "leads_to": "/search/", "ORDER": 4, "DELETE": "on"},
        {"menu": "footer"},
    )
    client.logout()

    assert response.status_code == 302
    assert links(client, "footer").index(("Book a visit", "https://booking.example.org/elena")) < links(
        client, "footer"
    ).index(("About", "/about/"))
    assert ("Read", "/articles/") in links(client, "header")
    assert MenuLink.objects.count() == 3


def test_the_form_shows_what_is_stored_and_sent_again_changes_nothing(as_therapist, send, about):
    rows = [
        {"menu": "footer", "leads_to": f"page:{about.pk}", "ORDER": 1},
        {"menu": "footer", "address": "tel:+1 555 0100", "text": "Call", "ORDER": 2},
    ]
    for _ in range(2):
        send(*rows)
    initial = as_therapist.get(MENUS).context["formset"].initial

    assert MenuLink.objects.count() == 2
    assert [(one["leads_to"], one["address"]) for one in initial] == [
        (f"page:{about.pk}", ""),
        ("", "tel:+1 555 0100"),
    ]


def test_a_page_taken_back_leaves_the_menu(client, send, about):
    send({"menu": "footer", "leads_to": f"page:{about.pk}", "ORDER": 1})
    Page.objects.update(status="draft")
    reload_menus()

    assert "/about/" not in dict(map(reversed, links(client, "footer")))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": "Nowhere"}, "Please say where it leads to."),
        ({"address": "https://example.org/"}, "Please say what the link is called."),
        ({"address": "javascript:alert(1)", "text": "x"}, "This is not an address."),
        ({"address": "//evil.example", "text": "x"}, "This is not an address."),
        ({"address": "/\\evil.example", "text": "x"}, "This is not an address."),
    ],
)
def test_a_slip_is_told_and_nothing_typed_is_lost(send, row, words):
    response = send({"menu": "footer"} | row)

    assert response.status_code == 422
    assert words in response.text
    assert all(value in response.text for value in row.values())
    assert not MenuLink.objects.exists()


def test_rows_are_dragged_into_another_order(page, live_server, therapist, sign_in, about):
    other = Page.objects.create(title="Contact", slug="contact")
    publish_page(other, "<p>Write.</p>", timezone.now())
    sign_in(page.context, therapist)
    page.goto(live_server.url + MENUS)
    handles = page.locator(".d-handle")
    handles.nth(1).hover()
    page.mouse.down()
    handles.nth(0).hover(position={"x": 5, "y": 2})
    page.mouse.up()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. Readers see it within a minute.").wait_for()

    assert list(MenuLink.objects.values_list("page__title", flat=True)) == ["Contact", "About"]
