"""A signed-in browser, an address nobody confirmed, or a code seen once is not enough to take an account."""

import re
import time
from datetime import timedelta
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.address_changes import read_undo_token, undo_token
from blog.models import Article, BlockedSender, Comment
from postpartum.models import Erasure, NewsletterSubscriber
from postpartum.privacy.erasure import ask_erasure, erase_person
from tests.cast import APP_SECRET, PASSWORD, code_of

pytestmark = pytest.mark.django_db

NEW = "else@example.net"
CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)
ADDRESSES = reverse("account_email")
PROOF = reverse("account_reauthenticate")


def prove(client, **then):
    """The password once more, on the way to `then`."""
    return client.post(PROOF, {"password": PASSWORD} | then)


def prove_at(client, at):
    """Act as if the last proof had been at this time, in seconds."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = at
    session.save()


def mailed_code():
    """The code in the newest mail."""
    return CODE.search(mail.outbox[-1].body)[1]


def move(client):
    """Add another address, confirm it and have mails sent there."""
    client.post(ADDRESSES, {"action_add": "", "email": NEW})
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    client.post(ADDRESSES, {"action_primary": "", "email": NEW})


@pytest.mark.parametrize(
    "form",
    [
        {"action_add": "", "email": NEW},
        {"action_send": "", "email": "second@example.org"},
        {"action_primary": "", "email": "second@example.org"},
        {"action_remove": "", "email": "second@example.org"},
    ],
    ids=lambda form: next(iter(form)),
)
def test_changing_addresses_asks_again_and_goes_on_with_what_was_sent(client, mother, form):
    EmailAddress.objects.create(user=mother, email="second@example.org", verified="action_send" not in form)
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    before = list(EmailAddress.objects.order_by("pk").values())

    asked = client.post(ADDRESSES, form)

    assert unquote(asked.url) == f"{PROOF}?next=/accounts/email/"
    assert list(EmailAddress.objects.order_by("pk").values()) == before
    assert not mail.outbox
    prove(client, next=ADDRESSES)
    assert mail.outbox or list(EmailAddress.objects.order_by("pk").values()) != before


@pytest.mark.parametrize("name", ["account_email", "erase"])
def test_a_proof_is_good_for_five_minutes(as_mother, name):
    prove(as_mother)
    form = {"action_add": "", "email": NEW, "said": "removed"}

    prove_at(as_mother, time.time() - 290)
    assert not as_mother.post(reverse(name), form).headers.get("Location", "").startswith(PROOF)
    prove_at(as_mother, time.time() - 310)
    assert as_mother.post(reverse(name), form).url.startswith(PROOF)


def test_erasing_goes_on_with_what_was_ticked_before_being_asked(as_mother, mother):
    as_mother.post(reverse("erase"), {"sure": "on"})
    assert not Erasure.objects.exists()

    prove(as_mother, next=reverse("erase"))

    assert Erasure.objects.get().user == mother


def test_a_member_without_a_password_proves_it_by_mail(as_mother, mother):
    mother.set_unusable_password()
    mother.save()
    as_mother.force_login(mother)
    asked = as_mother.post(ADDRESSES, {"action_add": "", "email": NEW})
    assert unquote(asked.url) == f"{reverse('account_reauthenticate_by_code')}?next=/accounts/email/"
    assert as_mother.get(reverse("erase")).url.startswith(reverse("account_reauthenticate_by_code"))
    as_mother.post(ADDRESSES, {"action_add": "", "email": NEW})
    way = reverse("account_reauthenticate_by_code")

    as_mother.post(way, {"send": "", "next": ADDRESSES})
    assert mail.outbox[-1].to == [mother.email]
    code = mailed_code()
    wrong = as_mother.post(way, {"code": "WRON-GONE", "next": ADDRESSES})
    assert wrong.context["form"].errors["code"]
    as_mother.post(way, {"code": code, "next": ADDRESSES})

    assert mail.outbox[-1].to == [NEW]


def test_three_wrong_codes_void_the_mailed_one(as_mother, mother):
    mother.set_unusable_password()
    mother.save()
    as_mother.force_login(mother)
    way = reverse("account_reauthenticate_by_code")
    as_mother.post(way, {"send": ""})
    code = mailed_code()
    for _ in range(3):
        as_mother.post(way, {"code": "WRON-GONE"})

    assert as_mother.post(way, {"code": code}).context["form"].errors["code"]


def test_the_old_mailbox_takes_the_account_back(as_mother, mother):
    Authenticator.objects.create(user=mother, type="recovery_codes", data={})
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=30))
    prove(as_mother)
    move(as_mother)
    mother.refresh_from_db()
    assert mother.email == NEW
    told = next(one for one in mail.outbox if one.to == ["maya@example.org"])
    link = re.search(r"http://localhost:8000(/\S+)", told.body)[1]
    Authenticator.objects.create(user=mother, type="totp", data={"secret": APP_SECRET})
    ask_erasure(mother, Erasure.Comments.REMOVED, timezone.now())
    owner = Client()

    assert "Take my account back" in owner.get(link).content.decode()
    mother.refresh_from_db()
    assert mother.email == NEW
    assert "yours again" in owner.post(link).content.decode()

    mother.refresh_from_db()
    assert mother.email == "maya@example.org"
    assert not mother.has_usable_password()
    assert [one.email for one in EmailAddress.objects.filter(user=mother, verified=True, primary=True)] == [
        "maya@example.org"
    ]
    assert [one.type for one in Authenticator.objects.filter(user=mother)] == ["recovery_codes"]
    assert not Erasure.objects.exists()
    assert as_mother.get("/my-data/").url.startswith("/accounts/login/")


def test_the_link_is_good_for_a_week_and_for_nobody_elses_address(as_mother, mother):
    now = timezone.now()
    token = undo_token(mother, "old@example.org", now)

    assert read_undo_token(token, now + timedelta(days=6)).email == "old@example.org"
    assert read_undo_token(token, now + timedelta(days=8)) is None
    assert read_undo_token(token + "x", now) is None
    get_user_model().objects.create_user("old@example.org")
    assert read_undo_token(token, now) is None
    assert as_mother.get(reverse("undo_address_change", args=[token])).status_code == 410


def test_an_address_nobody_confirmed_gets_no_link(as_mother, mother):
    EmailAddress.objects.update(verified=False)
    prove(as_mother)
    EmailAddress.objects.create(user=mother, email=NEW, verified=True)

    as_mother.post(ADDRESSES, {"action_primary": "", "email": NEW})

    assert not any("/undo/" in one.body for one in mail.outbox)


@pytest.fixture
def stranger(client):
    """Somebody who signed up with the address of Rosa, who reads here without an account."""
    client.post(reverse("account_signup"), {"email": "rosa@example.org"})
    return get_user_model().objects.get(email="rosa@example.org")


def test_signing_up_with_an_address_gives_no_right_over_what_belongs_to_it(stranger, therapist):
    article = Article.objects.create(title="Rest", slug="rest", author=therapist)
    Comment.objects.create(article=article, name="Rosa", email="rosa@example.org", body="Thanks", html="x")
    NewsletterSubscriber.objects.create(email="rosa@example.org", confirmed_at=timezone.now())
    BlockedSender.objects.create(email="rosa@example.org")

    erase_person(stranger, Erasure.Comments.REMOVED, timezone.now())

    assert Comment.objects.get().name == "Rosa"
    assert NewsletterSubscriber.objects.exists()
    assert BlockedSender.objects.exists()


def test_a_strangers_password_is_void_once_the_owner_comes_by_code(stranger):
    """Until lately, signing up took a password."""
    stranger.set_password(PASSWORD)
    stranger.save()
    owner = Client()
    owner.post(reverse("account_request_login_code"), {"email": "rosa@example.org"})
    owner.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert owner.get("/my-data/").status_code == 200

    other = Client()
    other.post(reverse("account_login"), {"login": "rosa@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in other.session


def test_a_code_of_an_app_counts_once_within_its_tolerance(mother):
    Authenticator.objects.create(user=mother, type="totp", data={"secret": APP_SECRET})
    code = code_of(APP_SECRET)
    first, second = Client(), Client()
    for one in (first, second):
        one.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in first.session
    cache.clear()  # what django-allauth remembers for half a minute, while the code counts for longer

    second.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in second.session
