"""Her way in: an account with a mailed code, and the ways back. Nobody learns who has an account."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)
LINK = re.compile(r"http://testserver(/\S+)")
NEW_PASSWORD = "three calm words"


def sign_up(client, email="ines@example.org", **changes):
    """Send the sign-up form, as filled in by Ines unless changed."""
    form = {"email": email, "time_zone": "Europe/Madrid"} | changes
    return client.post(reverse("account_signup"), form, follow=True)


def send_code(client, code, address="account_email_verification_sent"):
    """Type `code` on the page that waits for it."""
    return client.post(reverse(address), {"code": code}, follow=True)


def mailed_code():
    """The code in the newest mail."""
    return CODE.search(mail.outbox[-1].body)[1]


def words(response):
    """The page's words, without tags and what differs from request to request."""
    text = re.sub(r'<input type="hidden"[^>]*>', "", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def choose_new_password(client, address):
    """Open the mailed link and send the form behind it."""
    form = client.get(address, follow=True)
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post(form.redirect_chain[-1][0], passwords, follow=True)


def is_signed_in(client):
    """Whether this client carries a signed-in session."""
    return "_auth_user_id" in client.session


def test_makes_an_account_confirmed_by_the_mailed_code(client):
    page = sign_up(client)
    assert "Check your email" in words(page)
    assert not is_signed_in(client)

    send_code(client, mailed_code())

    user = get_user_model().objects.get(email="ines@example.org")
    assert is_signed_in(client)
    assert user.time_zone == "Europe/Madrid"
    assert not user.has_usable_password()
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()


def test_a_wrong_code_is_refused_and_the_right_one_still_works(client):
    sign_up(client)
    code = mailed_code()

    page = send_code(client, "no-cod")

    assert page.context["form"].errors["code"]
    assert 'value="no-cod"' in page.content.decode()
    assert not is_signed_in(client)

    send_code(client, code)
    assert is_signed_in(client)


def test_after_three_wrong_codes_or_too_late_a_new_one_is_asked_for_by_email(client, monkeypatch):
    sign_up(client)
    first = mailed_code()
    for _ in range(3):
        page = send_code(client, "no-cod")
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert "That code no longer works. Please ask for a new one." in words(page)

    client.post(reverse("account_request_login_code"), {"email": "ines@example.org"})
    assert mailed_code() != first
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    page = send_code(client, mailed_code(), "account_confirm_login_code")
    assert page.redirect_chain[-1][0] == reverse("account_request_login_code")
    assert "That code is too old now. Type your email and we send you a new one." in words(page)
    assert not is_signed_in(client)


def test_a_code_that_came_too_late_says_so_to_new_and_known_alike(client, mother, monkeypatch):
    real, told = time.time, []
    for email in (mother.email, "stranger@example.org"):
        sign_up(client, email=email)
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda: real() + 15 * 60 + 1)
            told.append(words(send_code(client, "000000")))
        client.cookies.clear()

    assert told[0] == told[1]
    assert "That code is too old now." in told[0]


def test_whoever_starts_the_program_is_led_from_the_code_to_the_questions(client, program):
    page = client.get(reverse("start"), follow=True)
    assert 'name="next" value="/start/"' in page.text
    client.post(reverse("account_signup"), {"email": "ines@example.org", "next": reverse("start")})

    page = send_code(client, mailed_code())

    assert page.redirect_chain[-1][0].startswith("/start/")


def test_a_password_can_be_chosen_later(client):
    sign_up(client)
    send_code(client, mailed_code())
    client.get(reverse("account_set_password"))
    client.post(reverse("account_reauthenticate_by_code"), {"send": ""})
    client.post(reverse("account_reauthenticate_by_code"), {"code": mailed_code()})

    client.post(reverse("account_set_password"), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert get_user_model().objects.get().check_password(NEW_PASSWORD)


def test_the_phone_offers_its_number_keys_and_fills_the_code_in(client):
    field = sign_up(client).context["verify_form"].fields["code"].widget.attrs

    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")


def test_a_new_code_can_be_asked_for(client):
    sign_up(client)

    client.post(reverse("account_email_verification_sent"), {"action": "resend"}, follow=True)

    assert len(mail.outbox) == 2
    send_code(client, mailed_code())
    assert is_signed_in(client)


def test_asking_for_codes_again_and_again_is_slowed_down_kindly():
    for _ in range(5):
        sign_up(Client())

    page = sign_up(Client())

    assert page.status_code == 429
    assert "A little slower, please" in words(page)
    assert len(mail.outbox) == 5


def test_a_mistyped_address_is_mended_by_starting_again(client):
    page = sign_up(client, email="inse@example.org").content.decode()
    assert "Start again with another" in page

    back = client.post(reverse("account_logout"), {"next": reverse("account_signup")}, follow=True)
    assert back.redirect_chain == [(reverse("account_signup"), 302)]
    sign_up(client)

    assert mail.outbox[-1].to == ["ines@example.org"]
    send_code(client, mailed_code())
    assert is_signed_in(client)


def test_a_known_address_gets_the_same_page_and_a_different_mail(client, mother):
    known = sign_up(client, email=mother.email)
    told = mail.outbox[-1]
    client.cookies.clear()
    unknown = sign_up(client, email="stranger@example.org")

    assert words(known).replace(mother.email, "") == words(unknown).replace("stranger@example.org", "")
    assert known.redirect_chain == unknown.redirect_chain
    assert told.to == [mother.email]
    assert "You already have one" in told.body
    assert not CODE.search(told.body)
    assert get_user_model().objects.filter(email=mother.email).count() == 1


@pytest.fixture
def hashed(monkeypatch):
    """What was hashed as passwords are: slow on purpose, so a stranger's clock could count it."""
    hashed, encode = [], MD5PasswordHasher.encode

    def counting(hasher, password, salt):
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return hashed


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("account_signup", {"email": "{}"}),
        ("account_login", {"login": "{}", "password": "not-hers-at-all"}),
        ("account_request_login_code", {"email": "{}"}),
        ("account_reset_password", {"email": "{}"}),
    ],
)
def test_no_clock_tells_who_has_an_account(mother, hashed, name, form):
    work = []
    for email in (mother.email, "stranger@example.org"):
        hashed.clear()
        Client().post(reverse(name), {field: value.format(email) for field, value in form.items()})
        work.append(len(hashed))

    assert work[0] == work[1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "no-address"}, "email"),
        ({"email": ""}, "email"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(client, changes, field):
    page = sign_up(client, **changes)

    kept = page.context["form"]["email"].value()
    assert list(page.context["form"].errors) == [field]
    assert 'aria-invalid="true"' in page.content.decode()
    assert kept == changes.get("email", "ines@example.org")
    assert mail.outbox == []
    assert not get_user_model().objects.exists()


def test_an_unknown_time_zone_is_no_reason_to_refuse(client):
    sign_up(client, time_zone="Atlantis/Capital")

    assert get_user_model().objects.get().time_zone == "UTC"


def test_signs_in_with_password(client, mother):
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})

    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_answer_the_same(client, mother):
    wrong = client.post(reverse("account_login"), {"login": mother.email, "password": "not-hers-at-all"})
    unknown = client.post(
        reverse("account_login"), {"login": "stranger@example.org", "password": "not-hers-at-all"}
    )

    assert words(wrong) == words(unknown)
    assert 'value="maya@example.org"' in wrong.content.decode()
    assert not is_signed_in(client)


def test_signs_in_with_a_mailed_code(client, mother):
    client.post(reverse("account_request_login_code"), {"email": mother.email})
    assert not is_signed_in(client)

    send_code(client, mailed_code(), "account_confirm_login_code")

    assert is_signed_in(client)


def test_asking_for_a_code_tells_nobody_who_has_an_account(client, mother):
    known = client.post(reverse("account_request_login_code"), {"email": mother.email}, follow=True)
    client.cookies.clear()
    unknown = client.post(
        reverse("account_request_login_code"), {"email": "stranger@example.org"}, follow=True
    )

    assert words(known).replace(mother.email, "") == words(unknown).replace("stranger@example.org", "")
    assert "no account with it" in mail.outbox[-1].body


def test_chooses_a_new_password_by_the_mailed_link(client, mother):
    page = client.post(reverse("account_reset_password"), {"email": mother.email}, follow=True)
    assert "Check your email" in words(page)

    choose_new_password(client, LINK.search(mail.outbox[-1].body)[1])

    mother.refresh_from_db()
    assert mother.check_password(NEW_PASSWORD)


def test_a_used_link_says_so_and_offers_a_new_one(client, mother):
    client.post(reverse("account_reset_password"), {"email": mother.email})
    address = LINK.search(mail.outbox[-1].body)[1]
    choose_new_password(client, address)
    client.cookies.clear()

    page = client.get(address, follow=True)

    assert "This link no longer works" in words(page)
    assert reverse("account_reset_password") in page.content.decode()


def test_asking_for_a_link_tells_nobody_who_has_an_account(client, mother):
    known = client.post(reverse("account_reset_password"), {"email": mother.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "stranger@example.org"}, follow=True)

    assert words(known) == words(unknown)


def test_signing_out_needs_a_post(client, mother):
    client.force_login(mother)

    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)

    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


HEALTH_WORDS = re.compile(r"birth|pelvic|postpartum|mother|exercise|session|program", re.IGNORECASE)


def test_mails_are_plain_neutral_and_from_us(client, mother, settings):
    sign_up(client)
    for name in ("account_signup", "account_request_login_code", "account_reset_password"):
        for email in (mother.email, "stranger@example.org"):
            Client().post(reverse(name), {"email": email})

    assert len(mail.outbox) == 7
    for message in mail.outbox:
        assert not HEALTH_WORDS.search(message.subject)
        assert message.subject.strip() == message.subject != ""
        assert message.from_email == settings.DEFAULT_FROM_EMAIL
        assert message.body.startswith("Hello,")
        assert message.body.rstrip().endswith(settings.SITE_URL)
