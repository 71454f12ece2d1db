"""Numbers to call look like telephone numbers, in the files and at the desk, and unchecked ones say so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.admin.help import check_state
from programs.models import Country, SupportLine
from programs.plan.telephone import contact_problem, emergency_problem, numbers_in
from programs.templatetags.program_words import dial
from tests.programs.admin.page import form_of

pytestmark = pytest.mark.django_db


def test_every_number_of_the_files_passes(program):
    for country in Country.objects.all():
        assert emergency_problem(country.emergency) == ""
        assert not country.non_emergency or contact_problem(country.non_emergency) == ""
    for line in SupportLine.objects.all():
        assert contact_problem(line.contact) == "", line.contact


@pytest.mark.parametrize(
    ("text", "numbers", "dialed"),
    [
        ("call or text 988", ["988"], "988"),
        ("15 (SAMU) or 112", ["15", "112"], "15"),
        ("call or text 1-833-852-6262 (1-833-TLC-MAMA)", ["18338526262", "1833"], "18338526262"),
        ("0800 111 0 111 or 0800 111 0 222", ["08001110111", "08001110222"], "08001110111"),
        ("see pandasfoundation.org.uk", [], ""),
    ],
)
def test_numbers_are_read_out_of_their_texts(text, numbers, dialed):
    assert numbers_in(text) == numbers
    assert dial(text) == dialed
    assert contact_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9l1", "mixes digits and letters"),
        ("O8OO 111", "mixes digits and letters"),
        ("1", "is no telephone number"),
        ("0800 111 0 111 0800 111 0 222", "is no telephone number"),
        ("ask the midwife", "There is no telephone number"),
    ],
)
def test_what_is_no_number_is_named(text, says):
    assert says in contact_problem(text)
    assert says in emergency_problem(text)


def test_an_emergency_number_is_short():
    assert "too long" in emergency_problem("0800 2000 247")
    assert "no telephone number" in emergency_problem("see directory")


def test_an_unchecked_number_says_so():
    today = date(2026, 11, 30)
    assert "Not checked yet" in check_state(None, today)
    assert check_state(today, today).startswith("Checked on")
    assert "due again" in check_state(today - timedelta(days=184), today)


def test_the_desk_refuses_what_is_no_number_and_says_what_is_unchecked(as_therapist, program):
    address = reverse("admin:programs_country_change", args=["GB"])
    page = as_therapist.get(address)
    data = form_of(page, "country_form")
    refused = as_therapist.post(address, data | {"emergency": "9g9", "lines-1-contact": "116 l23"})
    assert refused.status_code == 200
    assert refused.text.count("mixes digits and letters") == 2
    assert "9g9" in refused.text
    saved = as_therapist.post(address, data, follow=True)
    assert (
        "Not checked in the last half year: 999; 111; NHS 111, choose the mental health option (2), call 111;"
        in saved.text
    )
    assert as_therapist.get(address).text.count("Not checked yet: please call it") == 5  # and the empty form
    later = str(timezone.localdate() + timedelta(days=2))
    for name in ("checked_on", "non_emergency_checked_on", "lines-0-checked_on"):
        assert "in the future" in as_therapist.post(address, data | {name: later}).text


def test_each_number_has_a_day_of_its_own(as_therapist, program):
    address = reverse("admin:programs_country_change", args=["GB"])
    data = form_of(as_therapist.get(address), "country_form")
    today = str(timezone.localdate())
    dates = {name: today for name in data if name.endswith("checked_on") and "__prefix__" not in name}
    numbers = "admin:programs_country_changelist"
    assert "6 numbers to call and check" in as_therapist.get(reverse(numbers)).text
    dates.pop("lines-0-checked_on")
    saved = as_therapist.post(address, data | dates, follow=True)
    assert (
        "Not checked in the last half year: NHS 111, choose the mental health option (2), call 111."
        in saved.text
    )
    assert "1 number to call and check" in saved.text
    data = form_of(as_therapist.get(address), "country_form")
    as_therapist.post(address, data | {"lines-0-checked_on": today})
    assert "All checked" in as_therapist.get(reverse(numbers)).text
