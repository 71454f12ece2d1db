"""A tap on the wrong answer: mended within ten minutes, once a day; both answers are kept, and nothing gets weaker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programs.facts.journey import journey_of
from programs.models import CareAction, CheckIn, Concern, Decision, Enrollment, SafetyHold
from programs.services.care import Care, care_for
from programs.services.erasure import erase_participant
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before, do_session, log_only, week_at
from tests.programs.journey.test_check_in_pages import AFTER_TAPS, TAPS, before_address, send
from tests.programs.journey.test_holds import emergency, held
from tests.programs.journey.test_safety_doors import page, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]
# The answers of someone well, each of them tapped.
WELL = {
    "redFlags": "none", "mood": "ok", "pain": "0", "heaviness": "0", "leak": "0", "bowelLeak": "no",
    "bleeding": "none", "scar": "na", "energy": "0", "sleep": "gt6", "lastResponse": "first",
}  # fmt: skip
WELL_AFTER = {
    "redFlags": "none", "painMax": "0", "heaviness": "0", "leak": "0", "bowelLeak": "no", "doming": "none",
    "pfRelease": "yes", "effort": "5", "bleeding": "none", "scar": "na",
}  # fmt: skip


def correct_address(row):
    return reverse("check_in_correct", args=[row.client_id])


def correct(client, row, **answers):
    """The correction of a check-in, sent from its form."""
    return send(client, correct_address(row), **WELL | answers)


def ago(**past):
    return timezone.now() - timedelta(**past)


def test_a_slip_is_mended_and_both_answers_are_kept(as_mother, place):
    send(as_mother, before_address(), **TAPS, pain="9")
    first = CheckIn.objects.get()
    assert page(as_mother).status_code == 403
    outcome = as_mother.get(reverse("check_in_outcome", args=[first.client_id])).text
    assert "I tapped the wrong answer" in outcome
    assert correct_address(first) in as_mother.get(reverse("hold")).text

    response = correct(as_mother, first)
    first.refresh_from_db()
    second = CheckIn.objects.get(replaces=first)
    assert response.url == reverse("check_in_outcome", args=[second.client_id])
    assert (first.answers["pain"], second.answers["pain"]) == (9, 0)
    assert (first.made_at, first.outcome) == (second.made_at, "pause_clinician")
    assert not held(place)
    told = as_mother.get(response.url).text
    assert "Both answers are kept, and your therapist sees both." in told
    assert "Good to go" in told
    assert page(as_mother).status_code == 200
    assert as_mother.get(reverse("check_in_outcome", args=[first.client_id])).url == response.url


def test_the_form_shows_what_was_tapped_and_nothing_else(as_mother, place):
    row = before(
        place, ago(minutes=2), "w01-a", pain=9, redFlags=["fever"], bowelLeak=True, lastResponse="first"
    )
    form = BeautifulSoup(as_mother.get(correct_address(row)).text, "html.parser").main
    chosen = {(box["name"], box["value"]) for box in form.select("input[checked]")}
    asked = WELL.keys() - {"lastResponse", "redFlags", "pain", "bowelLeak"}
    signs = {("groups", "ill"), ("redFlags", "fever"), ("redFlags", "none")}
    assert chosen == {(name, WELL[name]) for name in asked} | signs | {("pain", "9"), ("bowelLeak", "yes")}


def test_what_was_not_answered_before_an_emergency_is_still_asked(as_mother, place):
    row = emergency(place, ago(minutes=1), redFlags=["chest_pain"])
    assert as_mother.get(correct_address(row)).text.count(" checked") == 2
    response = send(as_mother, correct_address(row), redFlags="none", mood="ok")
    assert response.status_code == 422
    assert held(place)
    assert CheckIn.objects.count() == 1
    correct(as_mother, row)
    assert not held(place)


def test_a_wrong_tap_on_the_first_emergency_leads_to_another(as_mother, place):
    row = emergency(place, ago(minutes=1), redFlags=["chest_pain"])
    response = send(as_mother, correct_address(row), redFlags="stroke_signs")
    assert CheckIn.objects.get(replaces=row).answers["redFlags"] == ["stroke_signs"]
    assert SafetyHold.objects.get(ended_at=None).red_flags == ["RF05"]
    assert "Get help now" in as_mother.get(response.url).text


def test_the_concern_stays_and_says_that_it_was_corrected(as_mother, place, therapist, client):
    row = before(place, ago(minutes=1), "w01-a", redFlags=["fever"])
    correct(as_mother, row)
    concern = Concern.objects.get()
    assert (concern.check_in, concern.resolved_at, concern.urgency) == (row, None, "same_day")
    client.force_login(therapist)
    for address in (reverse("admin:index"), reverse("admin:desk_member", args=[place.participant_id])):
        assert "She corrected this" in client.get(address).text


def test_the_record_shows_both(as_mother, place, therapist, client):
    row = before(place, ago(minutes=1), "w01-a", heaviness=3)
    correct(as_mother, row)
    client.force_login(therapist)
    record = client.get(reverse("admin:desk_member", args=[place.participant_id])).text
    table = record.split('id="checkins"')[1].split("</table>")[0]
    assert table.count("<tr>") == 3
    assert "A tap on the wrong answer, corrected at" in table
    assert "The corrected answers" in table


@pytest.mark.parametrize(("minutes", "status"), [(9, 302), (11, 403)])
def test_ten_minutes_are_the_time_for_it(as_mother, place, minutes, status):
    row = before(place, ago(minutes=minutes), "w01-a", pain=8)
    assert correct(as_mother, row).status_code == status
    assert held(place) is (status == 403)
    outcome = as_mother.get(reverse("check_in_outcome", args=[row.client_id]), follow=True).text
    assert "I tapped the wrong answer" not in outcome


def test_too_late_says_why_and_what_opens_the_next_step(as_mother, place):
    row = before(place, ago(minutes=11), "w01-a", pain=8)
    told = as_mother.get(correct_address(row))
    assert told.status_code == 403
    assert "These answers stay as they are" in told.text
    assert reverse("hold") in told.text.split("<main")[1]
    assert "mailto:" in told.text.split("<main")[1]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati"])
def test_once_a_day_by_hours_passed(as_mother, place, zone):
    with timezone.override(zone):
        first, second = before(place, ago(minutes=5), "w01-a", pain=8), None
        correct(as_mother, first)
        second = before(place, ago(minutes=1), "w01-a", pain=8)
        assert correct(as_mother, second).status_code == 403
        assert "once a day" in correct(as_mother, second).text
        assert held(place)
        CheckIn.objects.filter(pk=first.pk).update(replaced_at=ago(hours=23))
        assert correct(as_mother, second).status_code == 403
        CheckIn.objects.filter(pk=first.pk).update(replaced_at=ago(hours=25))
        assert correct(as_mother, second).status_code == 302


def test_another_enrollment_makes_no_second_day(as_mother, mother, place):
    row = before(place, ago(minutes=5), "w01-a", pain=8)
    correct(as_mother, row)
    Enrollment.objects.update(state="withdrawn")
    other = Enrollment.objects.create(
        participant=place.participant, screening=place.screening, release=place.release, birth_date=place.birth_date,
        birth_type=place.birth_type, started_at=ago(minutes=4), week_started_at=ago(minutes=4), consented_at=ago(minutes=4),
    )  # fmt: skip
    again = before(other, ago(minutes=1), "w01-a", pain=8)
    assert correct(as_mother, again).status_code == 403


@pytest.mark.parametrize("signs", [[], ["chest_pain"]])
def test_thoughts_of_harm_are_not_taken_back(as_mother, place, signs):
    row = emergency(place, ago(minutes=1), mood="not_safe", **({"redFlags": signs} if signs else {}))
    outcome = as_mother.get(reverse("check_in_outcome", args=[row.client_id])).text
    assert "I tapped the wrong answer" not in outcome
    response = correct(as_mother, row)
    assert response.status_code == 403
    assert "so that someone asks how you are" in response.text
    assert held(place)
    assert CheckIn.objects.count() == 1


def test_without_the_correction_a_milder_check_stays_refused(as_mother, place):
    row = before(place, ago(minutes=5), "w01-a", pain=6)
    send(as_mother, before_address(), **TAPS)
    assert page(as_mother).status_code == 403
    correct(as_mother, row)
    assert page(as_mother).status_code == 200


def test_a_correction_to_something_worse_holds(as_mother, place):
    row = before(place, ago(minutes=1), "w01-a")
    correct(as_mother, row, redFlags=["none", "leg_clot"])
    assert SafetyHold.objects.get().began_at == row.made_at
    assert page(as_mother).status_code == 403


def test_sent_twice_it_is_one(as_mother, place):
    row = before(place, ago(minutes=1), "w01-a", pain=8)
    answers = {"client_id": str(uuid4()), **WELL}
    first, again = (as_mother.post(correct_address(row), answers) for _ in range(2))
    assert first.url == again.url or again.url == reverse("check_in_outcome", args=[row.client_id])
    assert CheckIn.objects.count() == 2


def test_a_hold_that_was_there_before_comes_back_as_it_was(as_mother, place):
    before(place, ago(days=2), "w01-a", heaviness=3)
    hold = SafetyHold.objects.get()
    as_mother.post(reverse("hold"), {"agreed_symptoms": "bulge"})
    slip = emergency(place, ago(minutes=1), redFlags=["chest_pain"])
    hold.refresh_from_db()
    assert (hold.outcome, hold.met) == ("emergency", {})
    correct(as_mother, slip, heaviness="3")
    hold.refresh_from_db()
    assert hold.ended_at is None
    assert hold.outcome == "pause_clinician"
    assert hold.red_flags == ["RF22"]


def test_what_the_therapist_holds_since_no_correction_opens(as_mother, place, therapist):
    row = before(place, ago(minutes=5), "w01-a", pain=8)
    care = Care(uuid4(), (CareAction.Kind.HOLD,), "Please wait for me.", therapist)
    care_for(place.participant, care, ago(minutes=1))
    correct(as_mother, row)
    assert held(place)
    assert page(as_mother).status_code == 403


def test_the_pause_that_followed_from_a_slip_is_withdrawn_and_kept(as_mother, place):
    log_only(place, "w01-a", ago(minutes=5))
    send(as_mother, reverse("check_in_after", args=["w01-a"]), **AFTER_TAPS | {"painMax": "9"})
    row = CheckIn.objects.get()
    assert "Time for advice first" in as_mother.get(reverse("decisions")).text
    send(as_mother, correct_address(row), **WELL_AFTER)
    assert Decision.objects.get().withdrawn_at
    assert "Time for advice first" not in as_mother.get(reverse("decisions")).text
    assert week_at(place, timezone.now()).progress.reported_this_week == 1


@pytest.mark.parametrize("slip", [{"redFlags": ["fever"]}, {"pain": 9}])
def test_a_corrected_slip_wipes_nothing_that_was_reported_before(as_mother, place, slip):
    for index, key in enumerate(("w01-a", "w01-b")):
        do_session(place, key, ago(days=5 - 2 * index), heaviness=1)
    was = week_at(place, timezone.now()).progress
    row = before(place, ago(minutes=1), "w01-c", lastResponse="same_or_better", **slip)
    assert correct(as_mother, row, lastResponse="same_or_better").status_code == 302
    now = week_at(place, timezone.now()).progress
    assert was.last3 == ("easier", "easier")
    assert now.last3 == ("easier", "easier", "go")
    assert journey_of(place, timezone.now()).unlocked_at is None


def test_the_answer_about_the_morning_is_corrected_by_itself(as_mother, place):
    do_session(place, "w01-a", ago(days=1))
    as_mother.post(reverse("check_in_morning"), {"client_id": str(uuid4()), "lastResponse": "worse_still"})
    row = CheckIn.objects.get(kind="next_morning")
    assert "redFlags" not in as_mother.get(correct_address(row)).text
    send(as_mother, correct_address(row), lastResponse="same_or_better")
    assert journey_of(place, timezone.now()).check_ins[-1].answers == {"lastResponse": "same_or_better"}


def test_a_session_done_in_between_counts_as_before(as_mother, place):
    row = before(place, ago(minutes=9), "w01-a", pain=0)
    log = log_only(place, "w01-a", ago(minutes=1))
    correct(as_mother, row)
    log.refresh_from_db()
    assert log.counts_as_done


def test_nobody_elses_check_in_can_be_corrected(as_mother, place, other_mother):
    from_other = before(make_enrollment(other_mother), ago(minutes=1), pain=8)
    assert as_mother.get(correct_address(from_other)).status_code == 404
    assert correct(as_mother, from_other).status_code == 404


def test_erasing_takes_both(as_mother, mother, place):
    row = before(place, ago(minutes=1), "w01-a", pain=8)
    correct(as_mother, row)
    erase_participant(mother)
    assert not CheckIn.objects.exists()
