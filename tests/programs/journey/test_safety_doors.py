"""Doors that hold, through HTTP: what is closed is refused kindly, and what was done is kept but does not count."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programs.facts.journey import journey_of
from programs.facts.standing import plan_for, standing_of
from programs.models import CheckIn, Enrollment, Participant, SafetyHold, Screening, SessionLog
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_check_in
from programs.services.enrollment import enroll
from programs.services.screening import complete_screening
from tests.cast import CLEAR_ANSWERS, make_enrollment
from tests.programs.journey.conftest import (
    BEFORE,
    after,
    before,
    check_in,
    do_session,
    log_unchecked,
    week_at,
)
from tests.programs.journey.test_holds import held, in_week, screened

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def place(mother, program):
    """Maya's place in the program, begun ten days ago."""
    return make_enrollment(mother, timezone.now() - 10 * DAY)


def page(client, key="w01-a"):
    return client.get(reverse("session", args=[key]))


def ticked(client, key="w01-a"):
    """All exercises of a session ticked and sent by the form."""
    plan = plan_for(Enrollment.objects.get())
    numbers = range(1, len(plan.session(key).prescriptions) + 1)
    return client.post(reverse("session", args=[key]), {"id": str(uuid4()), "done": list(numbers)})


def put(client, key="w01-a", began=None, minutes=15):
    """A session as the player sends it, done in full."""
    began = began or timezone.now() - minutes * MINUTE
    body = {
        "id": str(uuid4()),
        "started_at": began.isoformat(),
        "finished_at": (began + minutes * MINUTE).isoformat(),
        "exercises_planned": 6,
        "steps": {f"{number}.1.1": 100 for number in range(1, 7)},
    }
    return client.put(
        reverse("session_log", args=[key]), json.dumps(body), content_type="application/json"
    ).json()


def counted():
    return [log.counts_as_done for log in SessionLog.objects.order_by("pk")]


def test_without_a_check_the_page_leads_to_one(as_mother, place):
    response = as_mother.get(reverse("session", args=["w01-a"]) + "?minutes=7")
    assert response.url == reverse("check_in_before", args=["w01-a"]) + "?minutes=7"


def test_without_a_check_what_was_done_is_kept_and_does_not_count(as_mother, place):
    response = ticked(as_mother)
    assert response.status_code == 403
    assert "What you did is kept." in response.text
    assert put(as_mother, "w01-b")["counts"] is False
    assert counted() == [False, False]


@pytest.mark.parametrize(("hours", "is_open"), [(11, True), (13, False)])
def test_a_check_is_good_for_twelve_hours(as_mother, place, hours, is_open):
    before(place, timezone.now() - hours * HOUR, "w01-a")
    assert (page(as_mother).status_code == 200) is is_open
    assert put(as_mother)["counts"] is is_open


def test_one_check_opens_one_session(as_mother, place):
    before(place, timezone.now() - 30 * MINUTE, "w01-a")
    assert ticked(as_mother).status_code == 302
    assert page(as_mother, "w01-b").status_code == 302
    assert ticked(as_mother, "w01-b").status_code == 403
    assert put(as_mother, "w01-c")["counts"] is False
    assert counted() == [True, False, False]


def test_three_sessions_ticked_within_a_minute_do_not_make_a_week(as_mother, place):
    for key in ("w01-a", "w01-b", "w01-c"):
        before(place, timezone.now(), key)
        ticked(as_mother, key)
    assert counted() == [True, False, False]


def test_a_check_that_arrives_late_makes_its_session_count(place):
    now = timezone.now()
    log = log_unchecked(place, "w01-a", now - HOUR)
    assert not log.counts_as_done
    made_then_sent_now(place, now - 2 * HOUR)
    log.refresh_from_db()
    assert log.counts_as_done


def made_then_sent_now(enrollment, at):
    """A check-in made at `at` on a phone without a network, which arrives only now."""
    made = CheckInAsMade(uuid4(), CheckInKind.BEFORE, BEFORE, at, "w01-a")
    return record_check_in(enrollment, made, timezone.now())


def test_a_milder_check_minutes_later_opens_nothing(as_mother, place):
    now = timezone.now()
    before(place, now - 5 * MINUTE, "w01-a", pain=6)
    before(place, now - 2 * MINUTE, "w01-a")
    response = page(as_mother)
    assert (response.status_code, "Today is for resting" in response.text) == (403, True)
    assert put(as_mother)["counts"] is False


def test_a_stale_morning_question_does_not_open_the_session(as_mother, place):
    now = timezone.now()
    do_session(place, "w01-a", now - DAY)
    before(place, now - 10 * MINUTE, "w01-b", pain=6)
    as_mother.post(reverse("check_in_morning"), {"client_id": str(uuid4()), "lastResponse": "same_or_better"})
    assert CheckIn.objects.filter(kind="next_morning").exists()
    assert page(as_mother, "w01-b").status_code == 403


def test_a_rest_is_not_ended_by_a_rest_session_or_a_check_after_nothing(as_mother, place):
    now = timezone.now()
    before(place, now - 20 * HOUR, "w01-a", heaviness=2)
    log_unchecked(place, "rest", now - 19 * HOUR)
    after(place, now - 18 * HOUR, "rest")
    after(place, now - 17 * HOUR, "w02-a")
    before(place, now - MINUTE, "w01-a")
    assert page(as_mother).status_code == 403


def test_rest_days_are_no_sessions(place):
    now = timezone.now()
    for day in range(3):
        before(place, now - (5 - day) * DAY, "w01-a", energy=2)
        log_unchecked(place, "rest", now - (5 - day) * DAY + HOUR)
    assert week_at(place, now).progress.sessions_done_this_week == 0


def test_a_session_of_a_later_week_is_kept_and_does_not_count(as_mother, place):
    before(place, timezone.now() - 30 * MINUTE)
    assert put(as_mother, "w02-a")["counts"] is False


def test_a_session_behind_a_hold_is_kept_and_does_not_count(as_mother, place):
    before(place, timezone.now() - 30 * MINUTE, "w01-a", redFlags=["fever"])
    assert put(as_mother)["counts"] is False
    response = ticked(as_mother)
    assert response.status_code == 403
    assert "It does not count for the week." in response.text


def test_nothing_missing_is_fine(as_mother, place):
    """A, B and C done and nothing told: the next week does not open, and no word says that the body was fine."""
    now = timezone.now()
    for index, key in enumerate(("w01-a", "w01-b", "w01-c")):
        at = now - (8 - 2 * index) * DAY
        before(place, at - HOUR, key, lastResponse="first")
        log_unchecked(place, key, at)
    assert counted() == [True, True, True]
    as_mother.post(reverse("decisions"), {"week_began": place.week_started_at.isoformat()})
    text = as_mother.get(reverse("decisions")).text
    assert "How did your body feel?" in text
    assert "fine" not in text.split("<h1>")[1].split("</h1>")[0]
    place.refresh_from_db()
    assert place.week == 1


def test_a_week_in_three_days_waits_for_its_end(place):
    now = timezone.now()
    Enrollment.objects.update(week_started_at=now - 3 * DAY)
    for index, key in enumerate(("w01-a", "w01-b", "w01-c")):
        do_session(place, key, now - (2.6 - index) * DAY)
    place.refresh_from_db()
    progress = week_at(place, now).progress
    assert (progress.sessions_done_this_week, progress.days_in_week) == (3, 3)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_change_of_time_zone_makes_no_day(place, zone):
    now = timezone.now()
    with timezone.override(zone):
        assert week_at(place, now).progress.days_in_week == 10


def test_good_to_go_is_never_said_while_an_emergency_is_in_force(as_mother, place):
    now = timezone.now()
    SafetyHold.objects.create(
        participant=place.participant, enrollment=place, outcome="emergency",
        rules_matched=["PRE-E2"], red_flags=["RF01"], began_at=now - HOUR,
    )  # fmt: skip
    row = before(place, now - MINUTE, "w01-a")
    text = as_mother.get(reverse("check_in_outcome", args=[row.client_id])).text
    assert "Help comes first" in text
    assert "Good to go" not in text
    screened(place, now)
    text = as_mother.get(reverse("start_result")).text
    assert "All set" not in text
    assert "One thing is still open" in text
    assert titles_of(text) == {"Thank you. One thing is still open"}


def titles_of(html):
    """The title of the page and its headline."""
    page = BeautifulSoup(html, "html.parser")
    return {page.title.text.strip().partition(" · ")[0], page.h1.text.strip()}


def test_the_title_of_the_result_is_its_headline(as_mother, place):
    screened(place, timezone.now())
    assert titles_of(as_mother.get(reverse("start_result")).text) == {"All set to continue"}


def screening_of(user, at, answers):
    """A screening finished at `at`, 16 weeks after the birth, with `answers` on top of the clear ones."""
    participant, _ = Participant.objects.get_or_create(user=user)
    screening = Screening.objects.create(
        participant=participant, birth_date=(at - 112 * DAY).date(), answers=CLEAR_ANSWERS | answers
    )
    return complete_screening(screening, timezone.localdate(at), at)


def test_a_hold_from_the_screening_binds_before_any_enrollment(as_mother, mother, program):
    at = timezone.now() - 2 * DAY
    screening_of(mother, at, {"now": ["chest_pain"]})
    hold = SafetyHold.objects.get()
    assert (hold.enrollment, hold.rules_matched) == (None, ["SCREEN-E2"])
    screened_again = screening_of(mother, at + HOUR, {})
    assert screened_again.disposition == "start"
    assert held_of(mother)
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert not Enrollment.objects.exists()
    assert "clinician" in as_mother.get(reverse("hold")).text.lower()
    as_mother.post(reverse("hold"), {"clinician_agreed_on": timezone.localdate().isoformat()})
    assert not held_of(mother)
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Enrollment.objects.exists()


def held_of(user):
    return SafetyHold.objects.filter(participant__user=user, ended_at=None).exists()


def test_a_new_birth_date_and_a_new_enrollment_drop_no_hold(as_mother, mother, place):
    now = timezone.now()
    SafetyHold.objects.create(
        participant=place.participant, enrollment=place, outcome="pause_clinician",
        rules_matched=["THERAPIST"], began_at=now - DAY,
    )  # fmt: skip
    Enrollment.objects.update(birth_date=(now - 400 * DAY).date())
    screening = Screening.objects.create(
        participant=place.participant, birth_date=(now - 60 * DAY).date(), answers=CLEAR_ANSWERS
    )
    complete_screening(screening, timezone.localdate(now), now)
    place.refresh_from_db()
    assert place.state == "withdrawn"
    new = enroll(mother, "I agree.", now)
    before(new, now, "w01-a")
    assert standing_of(journey_of(new, now)).hold is not None
    assert page(as_mother).status_code == 403


def test_thoughts_of_harm_are_not_undone_in_seconds(as_mother, place):
    as_mother.post(reverse("check_in"), {"client_id": str(uuid4()), "mood": "not_safe"})
    assert held(place)
    taps = {"safe_and_supported": "on", "self_safety": "no", "unreal": "no", "spoke_with": "therapist"}
    as_mother.post(reverse("hold"), taps)
    check_in(place, "before", timezone.now())
    as_mother.post(reverse("hold"), taps)
    assert held(place)


def test_the_phone_gets_no_session_behind_a_hold(as_mother, place):
    in_week(place, 1)
    assert any(one["kind"] == "session" for one in as_mother.get(reverse("kept_sessions")).json()["sessions"])
    before(place, timezone.now(), redFlags=["leg_clot"])
    kept = as_mother.get(reverse("kept_sessions")).json()["sessions"]
    assert [one["key"] for one in kept] == ["rest"]
