"""A bulge that a clinician knows: from the first questions to a session, with nobody stuck on the way."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programs.models import CareAction, Enrollment, SafetyHold, Screening, SessionLog
from tests.postpartum.desk.test_acting import act
from tests.programs.journey.test_check_in_pages import AFTER_TAPS, TAPS, before_address, send
from tests.programs.journey.test_hold_pages import answer_all, day

pytestmark = pytest.mark.django_db


def screened(client, heaviness):
    """The first questions answered, and a place in the program."""
    client.get(reverse("start"))
    assert answer_all(client, heaviness=heaviness)
    client.post(reverse("enroll"), {"agreed": "on"})
    return Enrollment.objects.get()


def does_a_session(client):
    """Session A with her usual bulge, checked before and after it."""
    told = send(client, before_address(), **TAPS | {"heaviness": "3"})
    assert "Gentler today" in client.get(told.url).text
    assert client.get(reverse("session", args=["w01-a"])).status_code == 200
    client.post(reverse("session", args=["w01-a"]), {"id": str(uuid4()), "done": list(range(1, 8))})
    assert SessionLog.objects.get().counts_as_done
    taps = AFTER_TAPS | {"heaviness": "3"}
    send(client, reverse("check_in_after", args=["w01-a"]), **taps)
    assert not SafetyHold.objects.filter(ended_at=None).exists()


def test_cleared_before_the_first_question(as_mother, program):
    screened(as_mother, "bulge_ok")
    does_a_session(as_mother)


def test_checked_while_the_program_waits(as_mother, program):
    screened(as_mother, "bulge")
    assert SafetyHold.objects.get().rules_matched == ["SCREEN-W1"]
    as_mother.post(reverse("hold"), {"check_done_on": day()})
    answer_all(as_mother, heaviness="bulge_ok")
    does_a_session(as_mother)


def agrees(client, therapist, enrollment):
    """The therapist looks at the record and agrees, with a note."""
    client.force_login(therapist)
    record = client.get(reverse("admin:desk_member", args=[enrollment.participant_id])).text
    assert "exercise with a bulge or strong heaviness is fine" in record
    note = "I felt it with you today. Go on gently, lying down."
    return act(client, enrollment, follows="agree", note=note)


def test_the_therapist_clears_it_after_the_first_questions_and_the_mother_reads_why(
    client, mother, therapist, program
):
    client.force_login(mother)
    enrollment = screened(client, "bulge")
    agrees(client, therapist, enrollment)
    assert not SafetyHold.objects.filter(ended_at=None).exists()
    assert CareAction.objects.get().kind == "agree"
    client.force_login(mother)
    assert "I felt it with you today. Go on gently" in client.get(reverse("decisions")).text
    does_a_session(client)


def test_the_therapist_clears_one_that_a_check_in_told_of(client, mother, therapist, program):
    client.force_login(mother)
    enrollment = screened(client, "none")
    send(client, before_address(), **TAPS | {"heaviness": "3"})
    assert SafetyHold.objects.get().rules_matched[0] == "PRE-C1"
    agrees(client, therapist, enrollment)
    client.force_login(mother)
    does_a_session(client)


@pytest.mark.parametrize("signs", [["fever", "none"], ["chest_pain"]])
def test_with_anything_else_behind_the_hold_there_is_no_symptom_to_clear(
    client, mother, therapist, program, signs
):
    client.force_login(mother)
    enrollment = screened(client, "none")
    send(client, before_address(), **TAPS | {"heaviness": "3"})
    send(client, before_address(), **TAPS | {"heaviness": "3", "redFlags": signs})
    client.force_login(therapist)
    record = client.get(reverse("admin:desk_member", args=[enrollment.participant_id])).text
    assert 'value="agree"' not in record
    assert act(client, enrollment, follows="agree").status_code == 422
    assert SafetyHold.objects.filter(ended_at=None).exists()


def test_only_what_the_first_questions_stopped_for_is_cleared(client, mother, therapist, program):
    client.force_login(mother)
    screened(client, "bulge")
    Screening.objects.update(answers=Screening.objects.get().answers | {"clearance": "told_wait"})
    client.force_login(therapist)
    assert act(client, Enrollment.objects.get(), follows="agree").status_code == 422


@pytest.mark.parametrize("follows", ["unlock", "agree"])
def test_opened_with_a_check_still_missing_her_decision_does_not_say_that_all_is_done(
    client, mother, therapist, program, follows
):
    client.force_login(mother)
    enrollment = screened(client, "bulge")
    client.force_login(therapist)
    act(client, enrollment, follows=follows, note="Go on gently.")

    client.force_login(mother)
    page = client.get(reverse("decisions")).text
    assert "Your therapist has opened it for you. You continue gently with week 1." in page
    assert "is done. You continue" not in page


def test_opened_by_her_own_check_her_decision_lays_it_to_nobody(as_mother, program):
    screened(as_mother, "bulge")
    as_mother.post(reverse("hold"), {"check_done_on": day()})
    answer_all(as_mother, heaviness="bulge_ok")

    page = as_mother.get(reverse("decisions")).text
    assert "Your program waits no longer. You continue gently with week 1." in page
    assert "Your therapist has opened" not in page
