"""Her life changes: pauses, news, what a clinician said, and the self-check along the midline."""

from datetime import timedelta
from uuid import uuid4

import pytest

from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.models import Concern, Decision, Enrollment, Participant, Pause, SafetyHold, SelfCheck
from programs.rules.screening import SHORT_RESCREEN
from programs.rules.vocabulary import AnswerError, SafetyFlag
from programs.services.concern import settle_concern
from programs.services.enrollment import enroll
from programs.services.hold import confirm_requirements, confirm_requirements_before_enrolling
from programs.services.life_changes import change_situation, record_clearance, tick_milestones
from programs.services.pause import come_back, pause
from programs.services.screening import complete_screening, screen_again
from programs.services.self_check import TooSoon, record_self_check
from tests.cast import CLEAR_ANSWERS, make_enrollment
from tests.programs.journey.conftest import do_session
from tests.programs.journey.test_holds import held, in_week, screened

DAY = timedelta(days=1)
FELT = {
    "fingers": 1,
    "soft": False,
    "dome": False,
    "worried": False,
    "lump": False,
    "vomitingOrSeverePain": False,
}


def test_a_pause_closes_the_sessions_and_stops_reminders(began, a_moment):
    assert list(Enrollment.objects.to_remind()) == [began]
    pause(began, a_moment)
    pause(began, a_moment)
    began.refresh_from_db()
    standing, plan = standing_of(journey_of(began, a_moment)), plan_for(began)
    assert closed_because(standing, plan.session("w01-a"), 1) == "paused"
    assert closed_because(standing, plan.rest, 1) is None
    assert not Enrollment.objects.to_remind().exists()
    assert Pause.objects.count() == 1


def test_nobody_is_reminded_while_a_hold_is_in_force(began, a_moment):
    do_session(began, "w01-a", a_moment, heaviness=3)
    assert not Enrollment.objects.to_remind().exists()


def test_after_a_short_pause_she_just_goes_on(began, a_moment):
    do_session(began, "w01-a", a_moment)
    pause(began, a_moment + DAY)
    began.refresh_from_db()
    assert come_back(began, a_moment + 10 * DAY) is None
    began.refresh_from_db()
    assert (began.state, began.week) == ("active", 1)
    assert Pause.objects.get().ended_at == a_moment + 10 * DAY


def test_after_a_long_pause_she_is_placed_by_the_rules(began, a_moment):
    in_week(began, 5)
    do_session(began, "w05-a", a_moment)
    pause(began, a_moment + DAY)
    decision = come_back(began, a_moment + 20 * DAY)
    began.refresh_from_db()
    assert (decision.rule, began.week, began.state) == ("PR-4", 4, "active")
    assert come_back(began, a_moment + 20 * DAY) is None


def test_a_changed_situation_stops_everything_until_all_questions_are_answered(began, a_moment):
    change_situation(began, "surgery", a_moment)
    change_situation(began, "surgery", a_moment)
    assert SafetyHold.objects.get().situation == "surgery"
    assert [(one.code, one.facts) for one in Concern.objects.all()] == [
        ("situation_changed", {"because": ["surgery"]})
    ]
    screened(began, a_moment + DAY, "short")
    assert held(began)
    screened(began, a_moment + 2 * DAY, health="not_cleared")
    assert held(began)
    screened(began, a_moment + 3 * DAY, health="cleared")
    assert held(began)
    confirm_requirements(began, {"check_done_on": a_moment.date().isoformat()}, a_moment + 3 * DAY)
    assert not held(began)


def test_a_second_change_is_before_the_therapists_eyes_again(began, a_moment, therapist):
    change_situation(began, "surgery", a_moment)
    settle_concern(Concern.objects.get(), therapist, "I have called.", a_moment + DAY)
    change_situation(began, "loss", a_moment + 2 * DAY)
    concern = Concern.objects.get()
    assert (concern.resolved_at, concern.facts["because"]) == (None, ["surgery", "loss"])


def test_a_changed_situation_alone_ends_with_the_questions(began, a_moment):
    change_situation(began, "surgery", a_moment)
    screened(began, a_moment + DAY, health="cleared")
    assert not held(began)


def test_after_a_loss_no_text_speaks_of_a_baby(began, a_moment):
    change_situation(began, "loss", a_moment)
    assert Participant.objects.get(pk=began.participant_id).baby_not_with_me


def test_pregnant_again_stays_closed_and_a_new_birth_begins_anew(began, a_moment):
    change_situation(began, "pregnant", a_moment)
    screened(began, a_moment + DAY, time_since_birth="pregnant")
    assert held(began)
    later = a_moment + 300 * DAY
    screening = screen_again(began.participant.user, later, "whole")
    screening.birth_date = (later - 30 * DAY).date()
    screening.save()
    screened(began, later)
    began.refresh_from_db()
    assert began.state == "withdrawn"
    born = {"check_done_on": later.date().isoformat()}
    confirm_requirements_before_enrolling(began.participant, born, later)
    new = enroll(began.participant.user, "I agree.", later)
    assert (new.week, new.birth_date) == (1, screening.birth_date)
    assert standing_of(journey_of(new, later)).hold is None


def test_the_short_screening_keeps_the_birth_and_asks_the_rest_afresh(mother, program, a_moment):
    began = make_enrollment(mother, a_moment, birth_mode="cesarean", belly="dome")
    screening = screen_again(mother, a_moment + DAY, "short")
    assert screening.answers["birth_mode"] == "cesarean"
    assert not set(screening.answers) & set(SHORT_RESCREEN)
    screening.answers |= {name: CLEAR_ANSWERS[name] for name in SHORT_RESCREEN if name != "pain"}
    screening.save()
    with pytest.raises(AnswerError) as raised:
        complete_screening(screening, a_moment.date(), a_moment + DAY)
    assert raised.value.field == "pain"
    screening.answers["pain"] = CLEAR_ANSWERS["pain"]
    screening.save()
    complete_screening(screening, a_moment.date(), a_moment + DAY)
    began.refresh_from_db()
    assert began.screening.flags == ["cesarean"]


def test_tension_found_at_the_start_ends_with_a_clinician_only(mother, program, a_moment):
    tense = make_enrollment(mother, a_moment, tension="some")
    for number, letter in enumerate("abc"):
        do_session(tense, f"w01-{letter}", a_moment + 2 * number * DAY, pfRelease="na")
    tense.refresh_from_db()
    assert tense.safety_flags == ["pf_tension"]
    record_clearance(tense, SafetyFlag.PF_TENSION, a_moment.date(), a_moment + 7 * DAY)
    tense.refresh_from_db()
    assert tense.safety_flags == []


def test_milestones_can_be_ticked_and_taken_back(began, a_moment):
    slugs = [one.slug for one in plan_for(began).phase(1).milestones]
    tick_milestones(began, slugs[:3], slugs, a_moment)
    tick_milestones(began, slugs[1:2], slugs, a_moment + DAY)
    began.refresh_from_db()
    assert list(began.milestones) == slugs[1:2]


@pytest.mark.parametrize(
    ("felt", "flags", "holds", "concerns"),
    [
        ({}, [], [], []),
        ({"fingers": 2, "soft": True}, ["doming"], [], []),
        ({"fingers": 4}, ["doming"], [], ["self_check"]),
        ({"lump": True}, [], ["pause_clinician"], ["self_check"]),
        ({"lump": True, "vomitingOrSeverePain": True}, [], ["emergency"], ["self_check"]),
    ],
)
def test_what_she_felt_along_the_midline(began, a_moment, felt, flags, holds, concerns):
    made = uuid4()
    first = record_self_check(began, made, FELT | felt, a_moment)
    assert record_self_check(began, made, FELT | felt, a_moment) == first
    began.refresh_from_db()
    assert began.safety_flags == flags
    assert [one.outcome for one in SafetyHold.objects.all()] == holds
    assert [one.code for one in Concern.objects.all()] == concerns
    assert SelfCheck.objects.count() == 1


def test_the_self_check_waits_three_weeks(began, a_moment):
    record_self_check(began, uuid4(), FELT, a_moment)
    with pytest.raises(TooSoon):
        record_self_check(began, uuid4(), FELT, a_moment + 20 * DAY)
    record_self_check(began, uuid4(), FELT, a_moment + 21 * DAY)


def test_the_self_check_waits_longer_after_a_cesarean(mother, program, a_moment):
    early = make_enrollment(mother, a_moment, days_since_birth=50, birth_mode="cesarean")
    with pytest.raises(TooSoon):
        record_self_check(early, uuid4(), FELT, a_moment)
    assert record_self_check(early, uuid4(), FELT, a_moment + 6 * DAY).disposition == "start"


def test_holds_and_pauses_keep_the_decisions_of_the_past(began, a_moment):
    do_session(began, "w01-a", a_moment, heaviness=3)
    pause(began, a_moment + DAY)
    assert come_back(began, a_moment + 40 * DAY) is None
    assert [one.rule for one in Decision.objects.all()] == ["PR-1"]
