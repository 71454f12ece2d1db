"""The link for the first owner of a new site: from the command to the desk, once and for a day."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.first_owner import OwnerExistsError, create_first_owner, owner_token
from tests.cast import PASSWORD, code_of, make_user

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Elena", "email": "Elena@example.org", "password1": PASSWORD}


@pytest.fixture
def link(capsys):
    """The path of the printed link."""
    call_command("owner_link")
    return re.search(r"/accounts/owner/\S+", capsys.readouterr().out)[0]


def link_made(ago):
    return reverse("first_owner", args=[owner_token(timezone.now() - ago)])


def test_from_the_link_to_the_desk_by_way_of_the_second_step(client, link, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert client.get(link).status_code == 200
    assert client.post(link, GIVEN).url == reverse("mfa_activate_totp")
    assert client.get(reverse("admin:index")).url == reverse("mfa_index")

    page = client.get(reverse("mfa_activate_totp"))  # her password was given just now
    client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})

    assert client.get(reverse("admin:index")).status_code == 200
    owner = get_user_model().objects.get()
    assert (owner.email, owner.is_superuser) == ("elena@example.org", True)
    assert owner.emailaddress_set.filter(verified=True, primary=True).exists()


def test_it_works_once(client, link, capsys):
    client.post(link, GIVEN)
    client.logout()

    assert client.get(link).status_code == 410
    assert client.post(link, GIVEN | {"email": "other@example.org"}).status_code == 410
    assert get_user_model().objects.count() == 1
    call_command("owner_link")
    assert capsys.readouterr().out == ""


def test_two_forms_sent_at_once_make_one_owner():
    """The check of the link cannot tell, for it comes before either is stored."""
    create_first_owner("elena@example.org", PASSWORD, "", "UTC")
    with pytest.raises(OwnerExistsError):
        create_first_owner("other@example.org", PASSWORD, "", "UTC")


def test_it_works_for_a_day(client):
    assert client.get(link_made(timedelta(hours=23))).status_code == 200
    assert client.get(link_made(timedelta(hours=25))).status_code == 410


def test_a_link_that_was_changed_is_dead(client, link):
    assert client.get(link.replace(":", "x", 1)).status_code == 410


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "Mother@example.org"}, "This address already has an account"),
        ({"password1": "1234567890"}, "too common"),
        ({"password1": "elena@example.org"}, "too similar"),
        ({"email": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_stays(client, link, change, words):
    make_user("mother@example.org")

    response = client.post(link, GIVEN | change)

    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert 'value="Elena"' in page
    assert not get_user_model().objects.filter(is_superuser=True).exists()
