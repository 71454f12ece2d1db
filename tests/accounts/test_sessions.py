"""Where she is signed in: she sees each place, and ends the others."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.ended_sessions import LONGEST, forget_ended_sessions
from postpartum.background import periodic_duties, work_once
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


def test_the_worker_forgets_sign_ins_that_are_over_and_the_devices_they_came_from(mother):
    signed_in(mother, "Mozilla/5.0 (iPhone) Version/19 Safari/604")
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=61))
    phone = signed_in(mother, "Mozilla/5.0 (Linux; Android 16) Chrome/150 Safari")

    assert not work_once(periodic_duties(), queues=[])

    assert Session.objects.get().session_key == phone.session.session_key
    assert UserSession.objects.get().session_key == phone.session.session_key


def test_a_sign_in_ends_after_a_year_however_often_she_comes(mother):
    phone = signed_in(mother, "Mozilla/5.0 (iPhone) Version/19 Safari/604")
    now = timezone.now()
    UserSession.objects.update(created_at=now - LONGEST + timedelta(hours=1))

    forget_ended_sessions(now)
    assert phone.get(reverse("profile")).status_code == 200
    forget_ended_sessions(now + timedelta(hours=2))
    assert phone.get(reverse("profile")).status_code == 302


def test_a_sign_in_lasts_as_long_as_she_comes_and_no_longer(client, mother, enrollment, monkeypatch):
    client.force_login(mother)
    began, lasts = timezone.now(), settings.SESSION_COOKIE_AGE // 86_400

    def page_after(days):
        monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=days))
        return client.get(reverse("progress"))

    for days in (lasts - 10, 2 * lasts - 20, 3 * lasts - 30):
        response = page_after(days)
        assert response.status_code == 200
        assert settings.SESSION_COOKIE_NAME in response.cookies
        assert settings.SESSION_COOKIE_NAME not in page_after(days).cookies  # once a day
        mother.refresh_from_db()
        assert mother.last_login == began + timedelta(days=days)  # an unused account would be deleted
    assert page_after(4 * lasts).status_code == 302


def test_what_a_script_asks_in_the_background_saves_no_session(as_mother, enrollment, mother):
    """It could save the session as it was before what a page has written meanwhile, such as the proof who she is."""
    type(mother).objects.update(last_login=timezone.now() - timedelta(days=3))
    response = as_mother.get(reverse("kept_sessions"), headers={"Sec-Fetch-Mode": "cors"})
    assert settings.SESSION_COOKIE_NAME not in response.cookies
    page = as_mother.get(reverse("progress"), headers={"Sec-Fetch-Mode": "navigate"})
    assert settings.SESSION_COOKIE_NAME in page.cookies


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "usersessions_list", "my_data", "today"]
)
def test_a_page_of_hers_stays_in_no_cache(as_mother, enrollment, name):
    control = as_mother.get(reverse(name))["Cache-Control"]
    assert {"private", "no-store"} <= set(control.split(", ")), control
