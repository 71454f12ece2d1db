"""Limits on sign-in, sign-up and mails: exact, no way to shut an owner out, and no telling whether there is an account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.urls import urlpatterns as account_urls
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.limits import with_rate_limits
from tests.cast import PASSWORD, code_of
from tests.time_passes import wait

pytestmark = pytest.mark.django_db

WRONG = "not-her-password-at-all"
HOME = "198.51.100.200"  # where an owner signs in


def sign_in(client, email, password=WRONG, place="127.0.0.1", **headers):
    """Try to sign in from a network address."""
    form = {"login": email, "password": password}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=place, headers=headers)


def is_signed_in(client):
    """Whether somebody is."""
    return "_auth_user_id" in client.session


def answer(page):
    """The status, the words at the form, and when to come again."""
    return page.status_code, page.context["form"].errors["__all__"][0], page.headers.get("Retry-After")


def guess_from_everywhere(email, times):
    """Wrong passwords, no more from one place than are let through; the statuses."""
    return [sign_in(Client(), email, place=f"203.0.113.{number // 5}").status_code for number in range(times)]


@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
def test_after_five_wrong_passwords_an_account_rests_for_a_while(client, mother, other_mother, email):
    answers = {answer(sign_in(client, email)) for _ in range(5)}
    assert answers == {(200, "The email address or the password is not right.", None)}

    status, words, again = answer(sign_in(client, email, PASSWORD))

    assert (status, words) == (429, "That was tried many times. Please wait 5 minutes, then try again.")
    assert 290 < int(again) <= 300
    assert not is_signed_in(client)
    sign_in(client, other_mother.email, PASSWORD)
    assert is_signed_in(client)


def test_what_was_typed_and_the_other_ways_in_are_still_there(client, mother):
    for _ in range(6):
        page = sign_in(client, mother.email).content.decode()

    assert f'value="{mother.email}"' in page
    assert "Email me a code" in page


def test_later_she_may_try_again(client, mother):
    for _ in range(6):
        sign_in(client, mother.email)
    wait(minutes=5)

    sign_in(client, mother.email, PASSWORD)

    assert is_signed_in(client)


def test_right_passwords_are_not_counted(mother):
    for _ in range(12):
        client = Client()
        sign_in(client, mother.email, PASSWORD)
        assert is_signed_in(client)


def test_guesses_from_one_place_shut_nobody_out_elsewhere(client, mother):
    for _ in range(10):
        sign_in(Client(), mother.email, place="203.0.113.1")

    sign_in(client, mother.email, PASSWORD, place=HOME)

    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
def test_many_places_together_have_fifteen_guesses_an_hour(client, mother, email):
    assert guess_from_everywhere(email, 20) == [200] * 15 + [429] * 5

    status, _words, again = answer(sign_in(client, email, PASSWORD, place="203.0.113.99"))
    assert status == 429
    assert 3500 < int(again) <= 3600
    wait(hours=1)
    assert sign_in(client, email, place="203.0.113.99").status_code == 200


def test_they_do_not_shut_the_owner_out_where_she_signed_in_before(client, mother):
    sign_in(Client(), mother.email, PASSWORD, place=HOME)
    guess_from_everywhere(mother.email, 20)

    assert sign_in(client, mother.email, place=HOME).status_code == 200
    sign_in(client, mother.email, PASSWORD, place=HOME)

    assert is_signed_in(client)


def test_in_all_there_are_never_more_than_twenty_wrong_passwords_an_hour(mother):
    homes = [f"198.51.100.{number}" for number in range(10)]
    for home in homes:
        sign_in(Client(), mother.email, PASSWORD, place=home)

    tried = [sign_in(Client(), mother.email, place=home).status_code for home in homes for _ in range(4)]

    assert tried.count(200) == 20
    assert tried[20:] == [429] * 20


def test_elsewhere_a_mailed_code_lets_her_in_and_her_password_from_then_on(client, mother):
    guess_from_everywhere(mother.email, 20)
    client.post(reverse("account_request_login_code"), {"email": mother.email}, REMOTE_ADDR=HOME)
    code = next(line.strip() for line in mail.outbox[-1].body.splitlines() if line.startswith("    "))
    client.post(reverse("account_confirm_login_code"), {"code": code}, REMOTE_ADDR=HOME)
    assert is_signed_in(client)

    again = Client()
    sign_in(again, mother.email, PASSWORD, place=HOME)

    assert is_signed_in(again)


def test_a_new_password_ends_the_waiting(client, mother):
    for _ in range(6):
        sign_in(client, mother.email)
    client.post(reverse("account_reset_password"), {"email": mother.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://testserver"), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "three calm words", "password2": "three calm words"})

    sign_in(client, mother.email, "three calm words")

    assert is_signed_in(client)


def test_all_addresses_of_an_account_share_the_count(client, mother):
    mother.emailaddress_set.create(email="second@example.org", verified=True)
    for number in range(5):
        sign_in(client, ["second@example.org", mother.email.upper()][number % 2])

    assert sign_in(client, mother.email, PASSWORD).status_code == 429


def test_asking_again_who_she_is_counts_too(as_mother):
    for _ in range(5):
        page = as_mother.post(reverse("account_reauthenticate"), {"password": WRONG})
        assert page.status_code == 200

    page = as_mother.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0


def test_the_old_password_cannot_be_guessed_when_it_is_changed(as_mother):
    form = {"oldpassword": WRONG, "password1": "three calm words", "password2": "three calm words"}
    statuses = [as_mother.post(reverse("account_change_password"), form).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]


class TestSecondStep:
    """Codes of the app, and recovery codes."""

    @pytest.fixture
    def secret(self, mother):
        secret = "JBSWY3DPEHPK3PXP"
        Authenticator.objects.create(user=mother, type=Authenticator.Type.TOTP, data={"secret": secret})
        return secret

    def try_code(self, client, code, place="127.0.0.1"):
        return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=place)

    def test_five_wrong_ones_in_five_minutes(self, client, mother, secret):
        sign_in(client, mother.email, PASSWORD)
        assert [self.try_code(client, "000000").status_code for _ in range(5)] == [200] * 5

        refused = self.try_code(client, code_of(secret))

        assert refused.status_code == 429
        assert 290 < int(refused.headers["Retry-After"]) <= 300
        assert "Please wait 5 minutes" in refused.content.decode()
        wait(minutes=5)
        self.try_code(client, code_of(secret))
        assert is_signed_in(client)

    def test_whoever_knows_the_password_has_fifteen_guesses_an_hour_from_everywhere(self, mother, secret):
        statuses = []
        for number in range(20):
            client, place = Client(), f"203.0.113.{number // 5}"
            sign_in(client, mother.email, PASSWORD, place=place)
            statuses.append(self.try_code(client, "000000", place).status_code)

        assert statuses == [200] * 15 + [429] * 5

    def test_the_right_password_given_again_does_not_begin_the_count_anew(self, client, mother, secret):
        for _ in range(5):
            sign_in(client, mother.email, PASSWORD)
            self.try_code(client, "000000")

        sign_in(client, mother.email, PASSWORD)
        assert self.try_code(client, code_of(secret)).status_code == 429


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("account_login", {"login": "guess{}@example.org", "password": WRONG}),
        ("account_signup", {"email": "guess{}@"}),
        ("account_reset_password", {"email": "guess{}@example.org"}),
        ("account_request_login_code", {"email": "guess{}@example.org"}),
    ],
)
def test_from_one_network_only_so_many_a_minute_whatever_proxy_is_named(name, fields):
    def send(number):
        form = {key: value.format(number) for key, value in fields.items()}
        return Client().post(reverse(name), form, headers={"x-forwarded-for": f"198.51.100.{number}"})

    assert {send(number).status_code for number in range(20)} <= {200, 302}

    refused = send(20)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "A little slower, please" in refused.content.decode()
    assert "Wait 1 minute, then" in refused.content.decode()


@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code"])
def test_no_mailbox_is_flooded(mother, name, email):
    # Each from a browser of its own: one that waits for a code is not given a second.
    answers = [Client().post(reverse(name), {"email": email}) for _ in range(7)]

    assert [page.status_code for page in answers] == [302] * 5 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 500
    assert len(mail.outbox) == 5


def test_a_mail_that_tells_of_a_change_always_goes_out(as_mother, mother):
    for _ in range(6):
        Client().post(reverse("account_reset_password"), {"email": mother.email})
    mail.outbox.clear()

    form = {"oldpassword": PASSWORD, "password1": "three calm words", "password2": "three calm words"}
    as_mother.post(reverse("account_change_password"), form)

    assert [message.to for message in mail.outbox] == [[mother.email]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("email", ["maya@example.org", "nobody@example.org"])
def test_of_many_guesses_at_once_no_more_get_through(mother, email):
    def guess(_number):
        try:
            return sign_in(Client(), email).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as guesses:
        statuses = list(guesses.map(guess, range(16)))

    assert sorted(statuses) == [200] * 5 + [429] * 11


def test_addresses_included_once_more_are_counted_once():
    views = [one.callback for one in account_urls]
    with_rate_limits(account_urls)
    assert [one.callback for one in account_urls] == views
