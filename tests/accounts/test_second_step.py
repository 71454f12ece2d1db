"""The desk needs a second step at sign-in; her own pages do not."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from tests.cast import PASSWORD, code_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_in_earnest(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/user/", "/admin/programs/concern/"])
def test_the_therapist_without_one_is_sent_to_set_it_up(as_therapist, address):
    response = as_therapist.get(address, follow=True)

    assert response.redirect_chain[0] == (reverse("mfa_index"), 302)
    assert "The desk needs a second step" in response.content.decode()


def test_with_one_the_desk_opens(as_therapist, therapist):
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert as_therapist.get("/admin/").status_code == 200


def test_with_one_the_password_alone_does_not_let_her_in(client, therapist):
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": "x"})

    page = client.post(reverse("account_login"), {"login": therapist.email, "password": PASSWORD})

    assert page.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("who", "asked", "led_to"),
    [
        ("therapist", "", "/admin/"),
        ("mother", "", "/today/"),
        ("therapist", "?next=/articles/", "/articles/"),
    ],
)
def test_signing_in_leads_to_ones_own_place(client, request, settings, who, asked, led_to):
    settings.STAFF_SECOND_FACTOR = False
    signing_in = {"login": request.getfixturevalue(who).email, "password": PASSWORD}

    assert client.post(reverse("account_login") + asked, signing_in).url == led_to


def test_on_ones_own_machine_the_desk_opens_without(as_therapist, settings):
    settings.STAFF_SECOND_FACTOR = False

    assert as_therapist.get("/admin/").status_code == 200


def test_a_mother_is_asked_for_nothing(as_mother):
    assert as_mother.get(reverse("my_data")).status_code == 200


def test_codes_from_an_app_from_setting_up_to_signing_in(client, mother):
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    recovery = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.post(reverse("account_logout"))
    cache.clear()  # a code counts once; time passes

    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": mother.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert "_auth_user_id" in client.session
