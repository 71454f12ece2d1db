"""Limits on sign-in, sign-up and reset: they trigger, in our words, and never tell whether an address has an account."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

WRONG = "not-her-password-at-all"


def sign_in(client, email, password=WRONG, **headers):
    """Try to sign in."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, headers=headers)


def is_signed_in(client):
    """Whether somebody is."""
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
def test_after_five_wrong_passwords_an_address_rests_for_a_while(client, mother, other_mother, email):
    answers = [sign_in(client, email).context["form"].errors["__all__"][0] for _ in range(5)]
    assert len(set(answers)) == 1
    assert "tried many times" not in answers[0]

    refused = sign_in(client, email, PASSWORD)

    assert "tried many times" in refused.context["form"].errors["__all__"][0]
    assert not is_signed_in(client)
    sign_in(client, other_mother.email, PASSWORD)
    assert is_signed_in(client)


def test_later_she_may_try_again(client, mother):
    for _ in range(6):
        sign_in(client, mother.email)
    cache.clear()  # minutes pass

    sign_in(client, mother.email, PASSWORD)

    assert is_signed_in(client)


def test_one_who_tries_many_addresses_is_stopped_whatever_proxy_he_names(client, mother):
    for number in range(10):
        sign_in(client, f"guess{number}@example.org", x_forwarded_for=f"198.51.100.{number}")

    refused = sign_in(client, mother.email, PASSWORD, x_forwarded_for="198.51.100.99")

    assert "tried many times" in refused.context["form"].errors["__all__"][0]
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("name", "tries", "fields"),
    [
        ("account_login", 30, {"login": "guess{}@example.org", "password": WRONG}),
        ("account_signup", 20, {"email": "guess{}@example.org", "password1": ""}),
        ("account_reset_password", 20, {"email": "guess{}@example.org"}),
    ],
)
def test_from_one_place_only_so_many_a_minute(client, name, tries, fields):
    def send(number):
        return client.post(reverse(name), {key: value.format(number) for key, value in fields.items()})

    assert {send(number).status_code for number in range(tries)} <= {200, 302}

    refused = send(tries)

    assert refused.status_code == 429
    assert "429.html" in [template.name for template in refused.templates]


@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
@pytest.mark.parametrize(
    ("name", "tries", "refused"),
    [("account_reset_password", 5, 429), ("account_request_login_code", 3, 200)],
)
def test_no_address_is_flooded_with_mails(mother, name, tries, refused, email):
    # Each from a browser of its own: one that waits for a code is not given a second.
    answers = [Client().post(reverse(name), {"email": email}) for _ in range(tries + 2)]

    assert [answer.status_code for answer in answers] == [302] * tries + [refused] * 2
    assert "tried many times" in answers[-1].content.decode() or refused == 429
    assert len(mail.outbox) == tries
