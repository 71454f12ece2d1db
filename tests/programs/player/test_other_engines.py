"""The member's way in WebKit: sign in, practise, come back, check in, sign out. Skipped where the machine has none."""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from programs.models import CheckIn, SafetyHold, SessionLog
from tests.cast import PASSWORD

from .conftest import KEY

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("WEBKIT" not in os.environ, reason="WEBKIT=1 walks the member's way in WebKit, too"),
]

PRESS = "document.querySelector(arguments[0]).click()"
MEMBER_PAGES = [
    "today",
    "progress",
    "check_in",
    "decisions",
    "change",
    "profile",
    "my_data",
    "reminders",
    "self_check",
]
WIDTH = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
KEPT = """
    const { openStore } = await import("/static/js/player/store.js");
    const store = openStore();
    return Boolean(await store.get("kept")) && store.persistent;
"""
WAITING = """
    const { openStore } = await import("/static/js/player/store.js");
    return (await openStore().names()).filter((name) => name.startsWith("letter:")).length;
"""


def run_async(webkit, body):
    """What the body of an async function returns."""
    return webkit.run(f"return (async () => {{ {body} }})()")


@pytest.fixture
def hers(webkit, live_server, mother, enrollment):
    """WebKit, signed in as Maya; a function that opens a page of hers by the name of its address."""
    client = Client()
    client.force_login(mother)
    webkit.cookie(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def visit(name, *args):
        webkit.open(live_server.url + reverse(name, args=args))
        return webkit

    return visit


def shows(webkit, words):
    """Whether these words stand on the page."""
    return words in webkit.text("body")


def test_she_signs_in_and_the_phone_keeps_what_it_needs(webkit, live_server, mother, enrollment):
    webkit.open(live_server.url + reverse("account_login"))
    webkit.type("input[name=login]", mother.email)
    webkit.click("main form summary")
    webkit.type("input[name=password]", PASSWORD)
    webkit.click("main form details button[type=submit]")
    webkit.wait_for(lambda: webkit.address.endswith(reverse("today")))
    webkit.wait_for(lambda: run_async(webkit, KEPT))


def begin(webkit):
    webkit.wait_for(lambda: webkit.run("return !document.querySelector('[data-player=buttons]').hidden"))
    webkit.run(PRESS, "[data-player=begin]")


def test_a_session_is_saved_and_gone_on_with(hers):
    webkit = hers("session", KEY)
    begin(webkit)
    for _ in range(2):  # the first step prepares, the second is work of some seconds
        webkit.run(PRESS, "[data-do=next]")
    webkit.run(PRESS, "[data-do=back]")
    webkit.wait_for(lambda: webkit.run("return document.querySelector('dialog#player').open"))
    webkit.run("window.began = Date.now()")
    webkit.wait_for(lambda: webkit.run("return Date.now() - window.began > 12000"))
    webkit.run(PRESS, "[data-do=next]")
    webkit.wait_for(SessionLog.objects.exists)
    webkit.wait_for(lambda: "Saved" in webkit.text("[data-show=note]"))
    webkit.reload()
    webkit.wait_for(lambda: "Continue" in webkit.text("[data-player=begin]"))


def test_an_emergency_that_cannot_be_sent_shows_help_at_once_and_is_sent_later(hers):
    """The network is a stub: every request of the page fails until it is told otherwise."""
    webkit = hers("check_in")
    webkit.wait_for(lambda: run_async(webkit, KEPT))  # its script has begun
    webkit.run(
        "window.sendAgain = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))"
    )
    webkit.run(PRESS, "input[name=redFlags][value=chest_pain]")
    webkit.run("[...document.querySelectorAll('form[data-check-in] button')].at(-1).click()")
    webkit.wait_for(lambda: shows(webkit, "911") or shows(webkit, "112"))
    webkit.wait_for(lambda: run_async(webkit, WAITING) == 1)
    hers("today")
    webkit.wait_for(CheckIn.objects.exists)
    assert SafetyHold.objects.get().outcome == "emergency"


def test_back_after_sign_out_shows_nothing(hers, live_server):
    webkit = hers("today")
    webkit.wait_for(lambda: shows(webkit, "Every length counts the same."))
    webkit.open(live_server.url + reverse("account_logout"))
    webkit.click("main form button[type=submit]")
    webkit.wait_for(lambda: not webkit.address.endswith(reverse("account_logout")))
    webkit.back()
    webkit.back()
    webkit.wait_for(lambda: not shows(webkit, "Every length counts the same."))


@pytest.mark.parametrize("name", MEMBER_PAGES)
def test_her_pages_fit_and_their_scripts_run(hers, name):
    webkit = hers(name)
    webkit.resize(375, 667)
    assert webkit.run(WIDTH) <= 0
    webkit.wait_for(lambda: run_async(webkit, KEPT))
