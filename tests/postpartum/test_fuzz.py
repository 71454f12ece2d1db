"""No request makes the site fail: each address, parameter and form field with nasty values, from everybody."""

import logging
import re
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts.models import User
from blog.models import Comment
from blog.tokens import desk_token, own_token, preview_token, unsubscribe_token
from postpartum.demo.people import PASSWORD, THERAPIST
from postpartum.models import NewsletterSubscriber
from postpartum.newsletter.subscriptions import confirm_token, stop_token
from tests.cast import APP_SECRET, code_of
from tests.postpartum import fuzzing

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]  # half a minute where nothing else runs

MEMBER = "mother@example.org"
OWN = ("comment_own", "comment_change", "comment_delete")


class Visitor:
    """Somebody who sends what no browser sends. Each request is undone; what failed is kept in `failures`."""

    def __init__(self, client, name):
        self._client, self._cookies = client, client.cookies.output(header="", sep=";")
        self.name, self.failures, self.sent, self.storable = name, [], 0, []

    def send(self, method, address, data=None, **more):
        """The response."""
        self._client.cookies = SimpleCookie(self._cookies)
        self.sent += 1
        with transaction.atomic():
            response = getattr(self._client, method)(address, data, **more)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            error = response.exc_info[1] if response.exc_info else response.status_code
            what = f"{self.name or 'anonymous'}: {method} {address[:200]}"
            self.failures.append(f"{what} {str(data)[:200]}: {error!r}"[:800])
        return response

    def page(self, address):
        """The page there, parsed; None where there is none."""
        response = self.send("get", address)
        is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        if (
            is_page
            and "no-store" not in response["Cache-Control"]
            and self._is_personal(response.content.decode())
        ):
            self.storable.append(address)
        return BeautifulSoup(response.content, "html.parser") if is_page else None

    def _is_personal(self, html):
        return self.name and any(
            mark in html for mark in (self.name, f'action="{reverse("account_logout")}"')
        )


@pytest.fixture
def demo(program):
    """People, articles, comments and whatever else the demo has. Refused requests are no news: there are thousands."""
    call_command("seed_demo", verbosity=0)
    therapist = User.objects.get(email=THERAPIST)
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": APP_SECRET})
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def visitor(email):
    """An anonymous one, or one who came in by the form, so that it is known who it is."""
    client = Client(raise_request_exception=False)
    if email:
        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    if email == THERAPIST:
        client.post(reverse("mfa_authenticate"), {"code": code_of(APP_SECRET)})
    assert ("_auth_user_id" in client.session) == bool(email)
    return Visitor(client, email)


def mailed():
    """Addresses that no page links to, as they stand in mails."""
    comment = Comment.objects.filter(article__isnull=False).first()
    reader = NewsletterSubscriber.objects.create(email="reader@example.org")
    therapist = User.objects.get(email=THERAPIST)
    return [
        *(reverse(name, args=[comment.article.slug, own_token(comment.pk)]) for name in OWN),
        reverse("comment_desk", args=[desk_token(comment, therapist.pk)]),
        reverse("comment_quiet", args=[unsubscribe_token("a@example.org")]),
        reverse("article_preview", args=[preview_token(comment.article_id, timezone.now())]),
        reverse("letter_confirm", args=[confirm_token(reader)]),
        reverse("letter_stop", args=[stop_token(reader)]),
    ]


def walk(someone):
    """Open one page of each route, as pages link to them: {route: (address, page)}."""
    waiting = [*mailed(), *(route.address({}) for route in fuzzing.routes() if not route.places)]
    found = {}
    while waiting:
        address = waiting.pop(0)
        try:
            match = resolve(urlsplit(address).path)
        except Resolver404:
            continue
        if match.route not in found and (page := someone.page(address)):
            found[match.route] = address, page
            waiting += [one for one in fuzzing.links_of(page) if one.startswith("/")]
    return found


def attempts(pages, name):
    """Everything to send: (method, address, what stands in the body)."""
    for route in fuzzing.routes():
        if route.text.startswith("admin/") != (name == THERAPIST):
            continue  # the desk is closed to others, and what is open to all the others have tried
        good = dict.fromkeys(route.places, "1")
        if route.text in pages:
            found = resolve(urlsplit(pages[route.text][0]).path).kwargs
            good |= {place: quote(str(value), safe="") for place, value in found.items()}
        yield from (("get", nasty, None) for nasty in fuzzing.nasty_addresses(route, good, name))
        yield from asked(route.address(good), route.asked, name)
    for address, page in pages.values() if name == THERAPIST else ():
        yield from asked(address, fuzzing.query_names(fuzzing.links_of(page), address), name)
    for form in forms_of(pages):
        yield from ((form.method, form.action, body) for body in fuzzing.nasty_bodies(form, name))


def asked(address, names, salt):
    """The page with nasty values after the ?."""
    for query in fuzzing.nasty_queries(names, salt + address):
        yield "get", f"{address}?{query}", None


def forms_of(pages):
    """Each form once: the search stands on every page, and a row to add has the fields of a row to change."""
    sent = set()
    for address, page in pages.values():
        for form in fuzzing.forms_of(page, address):
            row = re.sub(r"/[^/]+/change/$", "/add/", form.action)
            kind = (form.method, row) if row.startswith("/admin/") else (form.method, row, *form.values)
            if kind not in sent:
                sent.add(kind)
                yield form


@pytest.mark.parametrize("email", ["", MEMBER, THERAPIST], ids=["anonymous", "member", "therapist"])
def test_nothing_that_is_sent_makes_the_site_fail(demo, email):
    someone = visitor(email)

    for method, address, body in attempts(walk(someone), email):
        someone.send(method, address, body)

    assert someone.failures == []
    assert someone.sent > 500


@pytest.mark.parametrize("email", [MEMBER, THERAPIST], ids=["member", "therapist"])
def test_no_cache_keeps_a_page_of_somebody_signed_in(demo, email):
    someone = visitor(email)

    pages = walk(someone)

    assert len(pages) > 40
    assert someone.storable == []


def test_no_data_that_a_script_sends_makes_the_site_fail(demo):
    someone = visitor(MEMBER)

    for method in ("put", "post"):
        address = reverse("session_log", args=["w03-a"])
        for text in fuzzing.JSON:
            someone.send(method, address, text, content_type="application/json")

    assert someone.failures == []
