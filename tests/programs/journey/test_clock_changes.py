"""Clocks put forward or back, and a flight over the date line: hours are those that passed, days those of the member."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.facts.journey import journey_of, whole_journey_of
from programs.facts.standing import standing_of
from programs.facts.week import rounds_on
from programs.facts.weekly import cleared_for_week, weekly_of
from programs.models import SessionLog
from programs.rules.vocabulary import Outcome
from tests.cast import make_enrollment
from tests.programs.journey.conftest import after, before, log_only

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# The evening before the clocks change: an hour forward, an hour back, half an hour forward, and where they never do.
EVENINGS = [
    ("Europe/Berlin", datetime(2026, 3, 28, 20)),
    ("America/New_York", datetime(2025, 11, 1, 20)),
    ("Australia/Lord_Howe", datetime(2025, 10, 4, 20)),
    ("Asia/Kathmandu", datetime(2026, 3, 28, 20)),
]


@pytest.fixture
def at(monkeypatch):
    """A function that lets it be a moment, for the whole product."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def place(mother, zone, evening):
    """Maya's program in a zone, begun some days before this evening there, and the evening as a moment."""
    mother.time_zone = zone
    mother.save()
    moment = evening.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return make_enrollment(mother, moment - timedelta(days=4)), moment


@pytest.mark.parametrize(("zone", "evening"), EVENINGS)
def test_a_rest_of_24_hours_has_24_hours(mother, program, zone, evening):
    enrollment, moment = place(mother, zone, evening)
    before(enrollment, moment, energy=2)
    with timezone.override(ZoneInfo(zone)):
        for passed, outcome in (
            (24 * HOUR - MINUTE, Outcome.BREATHING_ONLY),
            (24 * HOUR + MINUTE, Outcome.EASIER),
        ):
            assert standing_of(journey_of(enrollment, moment + passed)).outcome == outcome


@pytest.mark.parametrize(("zone", "evening"), EVENINGS)
def test_the_session_stays_closed_as_long(as_mother, mother, program, at, zone, evening):
    enrollment, moment = place(mother, zone, evening)
    before(enrollment, moment, energy=2)
    at(moment + 24 * HOUR - MINUTE)
    assert "rest" in as_mother.get(reverse("session", args=["w01-a"])).context["reason"]


@pytest.mark.parametrize(("zone", "evening"), EVENINGS)
def test_a_check_is_good_for_12_hours(mother, program, zone, evening):
    enrollment, moment = place(mother, zone, evening)
    before(enrollment, moment)
    with timezone.override(ZoneInfo(zone)):
        assert standing_of(journey_of(enrollment, moment + 12 * HOUR - MINUTE)).open_until
        assert not standing_of(journey_of(enrollment, moment + 12 * HOUR + MINUTE)).open_until


def fly(client, mother, zone):
    """Change the time zone on the page for it, as after a flight."""
    sent = {"name": mother.name, "time_zone": zone}
    assert client.post(reverse("profile"), sent).status_code == 302


def days_seen(enrollment, zone, now):
    """How many days with a check-in the weekly decision sees."""
    enrollment.refresh_from_db()
    with timezone.override(ZoneInfo(zone)):
        journey = whole_journey_of(enrollment, now)
        return len(weekly_of(journey, [], cleared_for_week(journey)).progress.last3)


def test_a_flight_over_the_date_line_makes_no_day(as_mother, mother, program):
    """From UTC+14 to UTC-11, where it is the day before: two check-ins three hours apart are of one day."""
    enrollment, moment = place(mother, "Pacific/Kiritimati", datetime(2026, 6, 2, 9))
    log_only(enrollment, "w01-a", moment)
    after(enrollment, moment + MINUTE, "w01-a", heaviness=1)
    fly(as_mother, mother, "Pacific/Pago_Pago")
    after(enrollment, moment + 3 * HOUR, "w01-a", heaviness=1)
    for zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati", "Asia/Kathmandu"):
        assert days_seen(enrollment, zone, moment + 4 * HOUR) == 1


def test_a_round_of_this_morning_is_of_today_after_the_flight_too(as_mother, mother, program, at):
    enrollment, moment = place(mother, "Pacific/Auckland", datetime(2026, 6, 2, 9))
    log_only(enrollment, "rest", moment)
    fly(as_mother, mother, "Pacific/Honolulu")
    with timezone.override(ZoneInfo("Pacific/Honolulu")):
        assert rounds_on(timezone.localdate(moment), SessionLog.objects.all()) in (0, 1)
    at(moment + HOUR)
    assert as_mother.get(reverse("today")).status_code == 200
