"""Her email addresses: one is simply told; moving to another is add, confirm, choose."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "maya@example.net"


def page_of(client):
    """The page of addresses."""
    return client.get(reverse("account_email")).content.decode()


def test_with_one_address_there_is_nothing_to_choose(as_mother, mother):
    page = page_of(as_mother)

    assert f"We write to <strong>{mother.email}</strong>" in page
    assert "action_remove" not in page


def test_she_moves_to_another_address_and_both_are_told(client, mother):
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": NEW})
    code = re.search(r"^ +(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
    assert mail.outbox[-1].to == [NEW]
    client.post(reverse("account_email_verification_sent"), {"code": code})
    assert "action_remove" in page_of(client)

    client.post(reverse("account_email"), {"action_primary": "", "email": NEW})

    mother.refresh_from_db()
    assert mother.email == NEW
    assert EmailAddress.objects.get(primary=True).email == NEW
    assert any(message.to == ["maya@example.org"] and NEW in message.body for message in mail.outbox)
