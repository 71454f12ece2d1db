"""Where she is signed in: she sees each place, and ends the others."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(user, agent):
    """A client that came in by the form."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_she_sees_her_places_and_ends_the_others(mother, other_mother):
    phone = signed_in(mother, "Mozilla/5.0 (iPhone) Version/19 Safari/604")
    library = signed_in(mother, "Mozilla/5.0 (Windows NT 10.0) Firefox/140")
    stranger = signed_in(other_mother, "Mozilla/5.0 (Linux; Android 16) Chrome/150 Safari")

    page = phone.get(reverse("usersessions_list")).content.decode()
    assert "Safari, iPhone" in page
    assert "Firefox, Windows" in page
    assert "Android" not in page

    phone.post(reverse("usersessions_list"))

    assert phone.get(reverse("profile")).status_code == 200
    assert library.get(reverse("profile")).status_code == 302
    assert stranger.get(reverse("profile")).status_code == 200
