"""The member's way in WebKit and Firefox: sign in, practice, come back, check in, sign out. Skipped unless asked for."""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from programs.models import CheckIn, SafetyHold, SessionLog
from tests.cast import PASSWORD

from .conftest import KEY

pytestmark = [pytest.mark.django_db(transaction=True)]

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


def run_async(engine, body):
    """What the body of an async function returns."""
    return engine.run(f"return (async () => {{ {body} }})()")


def asked_for(name):
    """An engine whose tests are skipped unless the environment names it."""
    variable = name.upper()
    reason = f"{variable}=1 walks the member's way in it, too"
    return pytest.param(name, marks=pytest.mark.skipif(variable not in os.environ, reason=reason))


@pytest.fixture(params=[asked_for("webkit"), asked_for("firefox")])
def engine(request):
    """Each of the other engines."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def hers(engine, live_server, mother, enrollment):
    """The engine, signed in as Maya; a function that opens a page of hers by the name of its address."""
    client = Client()
    client.force_login(mother)
    engine.cookie(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def visit(name, *args):
        engine.open(live_server.url + reverse(name, args=args))
        return engine

    return visit


def shows(engine, words):
    """Whether these words stand on the page."""
    return words in engine.text("body")


def test_she_signs_in_and_the_phone_keeps_what_it_needs(engine, live_server, mother, enrollment):
    engine.open(live_server.url + reverse("account_login"))
    engine.type("input[name=login]", mother.email)
    engine.click("main form summary")
    engine.type("input[name=password]", PASSWORD)
    engine.click("main form details button[type=submit]")
    engine.wait_for(lambda: engine.address.endswith(reverse("today")))
    engine.wait_for(lambda: run_async(engine, KEPT))


def begin(engine):
    engine.wait_for(lambda: engine.run("return !document.querySelector('[data-player=buttons]').hidden"))
    engine.run(PRESS, "[data-player=begin]")


def test_a_session_is_saved_and_gone_on_with(hers):
    engine = hers("session", KEY)
    begin(engine)
    for _ in range(2):  # the first step prepares, the second is work of some seconds
        engine.run(PRESS, "[data-do=next]")
    engine.run(PRESS, "[data-do=back]")
    engine.wait_for(lambda: engine.run("return document.querySelector('dialog#player').open"))
    engine.run("window.began = Date.now()")
    engine.wait_for(lambda: engine.run("return Date.now() - window.began > 12000"))
    engine.run(PRESS, "[data-do=next]")
    engine.wait_for(SessionLog.objects.exists)
    engine.wait_for(lambda: "Saved" in engine.text("[data-show=note]"))
    engine.reload()
    engine.wait_for(lambda: "Continue" in engine.text("[data-player=begin]"))


def test_an_emergency_that_cannot_be_sent_shows_help_at_once_and_is_sent_later(hers):
    """The network is a stub: every request of the page fails until it is told otherwise."""
    engine = hers("check_in")
    engine.wait_for(lambda: run_async(engine, KEPT))  # its script has begun
    engine.run(
        "window.sendAgain = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))"
    )
    engine.run(PRESS, "input[name=redFlags][value=chest_pain]")
    engine.run("[...document.querySelectorAll('form[data-check-in] button')].at(-1).click()")
    engine.wait_for(lambda: shows(engine, "911") or shows(engine, "112"))
    engine.wait_for(lambda: run_async(engine, WAITING) == 1)
    hers("today")
    engine.wait_for(CheckIn.objects.exists)
    assert SafetyHold.objects.get().outcome == "emergency"


def test_back_after_sign_out_shows_nothing(hers, live_server):
    engine = hers("today")
    engine.wait_for(lambda: shows(engine, "Every length counts the same."))
    engine.open(live_server.url + reverse("account_logout"))
    engine.click("main form button[type=submit]")
    engine.wait_for(lambda: not engine.address.endswith(reverse("account_logout")))
    engine.back()
    engine.back()
    engine.wait_for(lambda: not shows(engine, "Every length counts the same."))


@pytest.mark.parametrize("name", MEMBER_PAGES)
def test_her_pages_fit_and_their_scripts_run(hers, name):
    engine = hers(name)
    engine.resize(375, 667)
    assert engine.run(WIDTH) <= 0
    engine.wait_for(lambda: run_async(engine, KEPT))
