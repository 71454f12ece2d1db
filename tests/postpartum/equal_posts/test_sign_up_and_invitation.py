"""An invitation accepted in the moment in which the same address signs up: one account, and neither is refused.

Whichever of the two is first has done its work and not yet committed it when the other one comes.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from postpartum.invitations import invite
from postpartum.models import Invitation, Mail

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "ina@example.org"


@pytest.fixture
def forms(therapist, program, mail_queue):
    """What is posted: where, and with which fields."""
    invite([EMAIL], "", therapist, timezone.now())
    token = Mail.objects.get().text.partition("/accounts/invitation/")[2].partition("/")[0]
    zone = {"time_zone": "Europe/Madrid"}
    return {
        "accept": (reverse("invitation", args=[token]), zone),
        "sign up": (reverse("account_signup"), {"email": EMAIL.title()} | zone),
    }


def post(form):
    """Send it from a browser of its own. Return the response and the browser."""
    browser = Client(raise_request_exception=False)
    return browser.post(*form), browser


def post_beside(form):
    """Send it from a thread, through a connection of its own."""
    try:
        return post(form)
    finally:
        connection.close()


def wait_until_somebody_waits():
    """Wait until another transaction waits for a lock."""
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("the second one does not wait for the first")


@pytest.mark.parametrize(("first", "second"), [("accept", "sign up"), ("sign up", "accept")])
def test_one_account_and_two_kind_answers(forms, first, second):
    found = {}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            found[first] = post(forms[first])
            later = pool.submit(post_beside, forms[second])
            wait_until_somebody_waits()
        found[second] = later.result()
    (accepted, by_link), (signed_up, at_code) = found["accept"], found["sign up"]
    assert (accepted.status_code, signed_up.status_code) == (302, 302)
    assert accepted.url == reverse("start")
    user = get_user_model().objects.get(email__iexact=EMAIL)
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(email__iexact=EMAIL)
    assert (address.user, address.verified, address.primary) == (user, True, True)
    assert not Invitation.objects.exists()
    assert by_link.get(accepted.url, follow=True).status_code == 200
    assert at_code.get(signed_up.url, follow=True).status_code == 200
    assert "_auth_user_id" not in at_code.session  # whoever signs up has not shown to read the mailbox
