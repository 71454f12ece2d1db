"""What the tests of the player share: Maya's session, a message as her phone sends it, and her phone itself."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.programs.journey.conftest import before

from .phone import Phone

KEY = "w01-b"


@pytest.fixture(autouse=True)
def checked(request):
    """A check-in half an hour ago, so that the door to Maya's session is open; a test of the door asks for `unchecked`."""
    if {"enrollment", "phone"} & set(request.fixturenames) and "unchecked" not in request.fixturenames:
        before(request.getfixturevalue("enrollment"), timezone.now() - timedelta(minutes=30))


@pytest.fixture
def unchecked():
    """Nothing is checked in."""


@pytest.fixture
def put_log(as_mother):
    """A function that sends a body to the log address of a session, as the player does."""

    def put_log(body, key=KEY, client=as_mother, headers=None):
        text = body if isinstance(body, str) else json.dumps(body)
        address = reverse("session_log", args=[key])
        return client.put(address, text, content_type="application/json", headers=headers)

    return put_log


def message(**changes):
    """What the player sends: two exercises done in the last ten minutes, changed by `changes`."""
    now = timezone.now()
    return {
        "id": str(uuid.uuid4()),
        "started_at": (now - timedelta(minutes=10)).isoformat(),
        "finished_at": now.isoformat(),
        "exercises_planned": 7,
        "steps": {"1.1.1-prepare": 25, "1.1.1": 75, "2.1.1-prepare": 20, "2.1.1": 50},
    } | changes


@pytest.fixture
def make_phone(new_context, sign_in, live_server):
    """A function that hands `user` a phone of her own: a browser context, signed in, whose clock only the test turns
    (unless it `ticks`, which axe-core needs to come to an end)."""

    phones = []

    def make_phone(user, ticks=False, **options):
        context = new_context(**options)
        sign_in(context, user)
        now = timezone.now()
        if not ticks:
            context.clock.install(time=now)
            context.clock.pause_at(now + timedelta(seconds=1))
        phones.append(Phone(context, live_server.url))
        return phones[-1]

    yield make_phone
    for phone in phones:
        phone.put_away()


@pytest.fixture
def phone(make_phone, enrollment, mother):
    """Maya's phone."""
    return make_phone(mother)
