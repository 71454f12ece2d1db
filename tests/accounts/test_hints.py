"""A mistyped or short-lived address gets a hint, which tells nobody who has an account."""

import pytest
from django.urls import reverse

from accounts.addresses import is_short_lived, likely_meant
from accounts.devices import device_words
from tests.cast import make_user


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ines@gmial.com", "ines@gmail.com"),
        ("ines@GMAIL.con", "ines@gmail.com"),
        ("ines@hotmal.com", "ines@hotmail.com"),
        ("ines@gmail.com", ""),
        ("ines@ymail.com", ""),
        ("ines@example.org", ""),
        ("ines@hospital.org", ""),
        ("no-address", ""),
    ],
)
def test_slips_of_the_thumb_are_seen(typed, meant):
    assert likely_meant(typed) == meant


def test_thrown_away_mailboxes_are_known():
    assert is_short_lived("ines@Mailinator.com")
    assert not is_short_lived("ines@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("has_account", [True, False])
def test_the_code_page_asks_whether_she_meant_another(client, has_account):
    if has_account:
        make_user("ines@gmial.com")

    form = {"email": "ines@gmial.com"}
    page = client.post(reverse("account_signup"), form, follow=True).content.decode()

    assert "Did you mean <strong>ines@gmail.com</strong>" in page
    assert "Type it again" in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 Chrome/150.0 Mobile Safari/537", "Chrome, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/150.0 Safari/537 Edg/150",
            "Edge, Windows",
        ),
        ("curl/8", "A browser"),
    ],
)
def test_devices_in_words(agent, words):
    assert device_words(agent) == words
