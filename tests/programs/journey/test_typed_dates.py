"""A date typed as in the member's country is understood, any other one is answered with an example."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from common.dates import BY_COUNTRY, example_date, latest_date
from programs.models import Clearance, Country, Participant, Screening
from programs.pages.help import help_for
from tests.cast import make_enrollment
from tests.postpartum.every_page import addresses

pytestmark = pytest.mark.django_db

BIRTH_STEP = 2
LAST_OF_NOVEMBER = date(2025, 11, 30)
TYPED = [
    ("US", "11/30/2025"), ("GB", "30/11/2025"), ("DE", "30.11.2025"), ("NL", "30-11-2025"), ("ZA", "2025/11/30"),
    ("CA", "2025-11-30"), (None, "2025-11-30"), (None, "30 November 2025"), ("US", "Nov 30, 2025"),
]  # fmt: skip
MISTAKABLE = [("GB", "11/30/2025"), ("DE", "11/30/2025"), (None, "05/06/2025"), ("US", "30.11.2025")]


def answer_birth(client, text):
    """Type the birth date in the screening."""
    return client.post(
        reverse("start_step", args=[BIRTH_STEP]), {"birth_date": text, "birth_mode": "vaginal"}
    )


@pytest.fixture
def lives_in(mother, program):
    """A function that sets Maya's country."""
    return lambda code: Participant.objects.create(user=mother, country_id=code)


def test_every_country_with_numbers_has_its_dates(program):
    codes = set(Country.objects.values_list("pk", flat=True))
    assert set(BY_COUNTRY) | {"EU"} == codes


@pytest.mark.parametrize(("country", "text"), TYPED)
def test_it_is_understood(as_mother, lives_in, country, text):
    lives_in(country)
    assert answer_birth(as_mother, text).status_code == 302
    assert Screening.objects.get().birth_date == LAST_OF_NOVEMBER


@pytest.mark.parametrize(("country", "text"), MISTAKABLE)
def test_any_other_is_answered_with_an_example(as_mother, lives_in, country, text):
    lives_in(country)
    response = answer_birth(as_mother, text)
    assert response.status_code == 422
    assert f"like {example_date(country or '')}" in response.text


def test_the_field_shows_it_and_stays_the_browsers_own(as_mother, lives_in):
    lives_in("DE")
    page = as_mother.get(reverse("start_step", args=[BIRTH_STEP])).text
    field = BeautifulSoup(page, "html.parser").find("input", {"name": "birth_date"})
    assert (field["type"], field["placeholder"]) == ("date", "30.11.2026")
    assert field["max"] == latest_date(timezone.now()).isoformat()


def test_a_check_is_typed_alike(as_mother, mother, program):
    make_enrollment(mother, birth_mode="cesarean", clearance="not_yet_late")
    Participant.objects.update(country="AU")
    day = timezone.localdate()
    sent = {"code": "postpartum_check", "given_on": f"{day:%d/%m/%Y}"}
    assert as_mother.post(reverse("clearance"), sent).status_code == 302
    assert Clearance.objects.get().given_on == day


NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)  # in Kiribati it is the third already


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Pago_Pago", "Asia/Kathmandu", "Pacific/Kiritimati"])
def test_a_birth_where_it_is_tomorrow_is_day_0_on_every_page(as_mother, mother, lives_in, zone, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    lives_in("NZ")
    mother.time_zone = zone
    mother.save()
    assert answer_birth(as_mother, "03/06/2026").status_code == 302
    assert Screening.objects.get().birth_date == date(2026, 6, 3)
    for address in addresses({"step": 2}):
        assert as_mother.get(address).status_code < 500, address


def test_the_day_after_is_in_the_future_everywhere(as_mother, lives_in, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    lives_in("NZ")
    assert "in the future" in answer_birth(as_mother, "04/06/2026").text


def test_help_on_a_check_in_names_the_number_of_the_country(as_mother, enrollment):
    Participant.objects.update(country="GB")
    page = as_mother.get(reverse("check_in")).text
    section = page.split('id="help-now"')[1].split("</section>")[0]
    assert help_for(Country.objects.get(pk="GB")).emergency in section
    assert "911" not in section


def test_help_without_a_country_names_several(as_mother, enrollment):
    Participant.objects.update(country=None)
    section = as_mother.get(reverse("check_in")).text.split('id="help-now"')[1]
    for number in ("911", "999", "000", "112"):
        assert f"tel:{number}" in section
