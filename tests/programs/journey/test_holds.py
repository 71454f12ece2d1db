"""A hold stays in force until its own way out is open, and she goes on where the rules say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.models import Clearance, Decision, Enrollment, SafetyHold, Screening, ScreeningScope
from programs.rules.placing import placed_again
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_emergency
from programs.services.hold import confirm_requirements
from programs.services.screening import complete_screening, screen_again
from tests.cast import CLEAR_ANSWERS, make_enrollment
from tests.programs.journey.conftest import before, do_session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def in_week(enrollment, week):
    """Her place moved to a later week, as if she had come there by the rules."""
    Enrollment.objects.filter(pk=enrollment.pk).update(week=week)
    enrollment.refresh_from_db()
    return enrollment


def screened(enrollment, at, scope=ScreeningScope.WHOLE, **answers):
    """The screening answered again at `at`."""
    screening = screen_again(enrollment.participant.user, at, scope)
    screening.answers = screening.answers | CLEAR_ANSWERS | answers
    screening.save()
    return complete_screening(screening, timezone.localdate(at), at)


def held(enrollment):
    """Whether a hold is in force."""
    return SafetyHold.objects.filter(enrollment=enrollment, ended_at=None).exists()


def emergency(enrollment, at, kind=CheckInKind.BEFORE, **answers):
    """A check-in cut short by an emergency."""
    return record_emergency(enrollment, CheckInAsMade(uuid4(), kind, answers, at), at)


def test_every_session_is_closed_and_breathing_stays_open(began, a_moment):
    before(began, a_moment, redFlags=["fever"])
    standing, plan = standing_of(journey_of(began, a_moment)), plan_for(began)
    assert closed_because(standing, plan.session("w01-a"), 1) == "hold"
    assert closed_because(standing, plan.daily_of_week(1), 1) == "hold"
    assert closed_because(standing, plan.rest, 1) is None


def test_in_an_emergency_of_the_body_breathing_is_closed_too(began, a_moment):
    emergency(began, a_moment, redFlags=["breathless"])
    standing, plan = standing_of(journey_of(began, a_moment)), plan_for(began)
    for session in plan.sessions.values():
        assert closed_because(standing, session, 1) == "emergency"


def test_with_thoughts_of_harm_breathing_stays_open(began, a_moment):
    emergency(began, a_moment, mood="not_safe")
    standing, plan = standing_of(journey_of(began, a_moment)), plan_for(began)
    assert standing.is_emergency
    assert closed_because(standing, plan.rest, 1) is None
    assert closed_because(standing, plan.session("w01-a"), 1) == "emergency"


def test_a_hold_does_not_end_by_time_or_by_a_good_check_in(began, a_moment):
    before(began, a_moment, redFlags=["leg_clot"])
    before(began, a_moment + 40 * DAY)
    assert held(began)


SAFE = {
    "safe_and_supported": True,
    "spoke_with": "crisis_line",
    "self_safety": "yes_supported",
    "unreal": "no",
}


def test_thoughts_of_harm_end_a_day_later_with_someone_spoken_to(began, a_moment):
    in_week(began, 5)
    emergency(began, a_moment, mood="not_safe")
    confirm_requirements(began, SAFE, a_moment + HOUR)
    before(began, a_moment + 2 * HOUR, mood="ok")
    assert held(began)
    before(began, a_moment + DAY + HOUR, mood="low")
    assert not held(began)
    began.refresh_from_db()
    assert began.week == 5


@pytest.mark.parametrize(
    "answers",
    [
        {"self_safety": "skip"},
        {"self_safety": "no"},
        {"unreal": "yes"},
        {"spoke_with": ""},
        {"safe_and_supported": False},
    ],
)
def test_thoughts_of_harm_do_not_end_with_an_unsafe_answer(began, a_moment, answers):
    emergency(began, a_moment, mood="not_safe")
    before(began, a_moment + HOUR)
    confirm_requirements(began, SAFE | answers, a_moment + 2 * DAY)
    assert held(began)


def test_a_no_that_contradicts_the_report_is_taken_after_two_weeks(began, a_moment):
    emergency(began, a_moment, mood="not_safe")
    before(began, a_moment + HOUR)
    confirm_requirements(began, SAFE | {"self_safety": "no"}, a_moment + 13 * DAY)
    assert held(began)
    confirm_requirements(began, {}, a_moment + 14 * DAY)
    assert not held(began)


def test_an_emergency_ends_with_a_clinician_and_all_questions_one_week_back(began, a_moment):
    in_week(began, 5)
    emergency(began, a_moment, redFlags=["chest_pain"])
    confirm_requirements(began, {"clinician_agreed_on": "2026-05-06"}, a_moment + 2 * DAY)
    assert held(began)
    screened(began, a_moment + 3 * DAY)
    assert not held(began)
    began.refresh_from_db()
    assert (began.week, began.screening_due) == (4, "")


def test_a_short_screening_does_not_end_an_emergency(began, a_moment):
    emergency(began, a_moment, redFlags=["chest_pain"])
    confirm_requirements(began, {"clinician_agreed_on": "2026-05-06"}, a_moment + 2 * DAY)
    screened(began, a_moment + 3 * DAY, ScreeningScope.SHORT)
    assert held(began)


def test_a_fever_must_have_been_gone_for_two_days(began, a_moment):
    before(began, a_moment, redFlags=["fever"])
    screened(began, a_moment + DAY)
    told = {"advice_on": "2026-05-05", "sign_gone_on": "2026-05-05"}
    for days in (2, 3):
        confirm_requirements(began, told, a_moment + days * DAY)
        assert held(began)
    confirm_requirements(began, {}, a_moment + 4 * DAY)
    assert not held(began)


def test_a_bulge_ends_with_a_check_and_the_agreement_is_kept(began, a_moment):
    in_week(began, 6)
    do_session(began, "w06-a", a_moment, heaviness=3)
    confirm_requirements(
        began,
        {"check_done_on": "2026-05-08", "agreed_symptoms": ["bulge", "pain7"], "advised_phase": 2},
        a_moment + 4 * DAY,
    )
    assert not held(began)
    began.refresh_from_db()
    assert began.week == 4
    assert [(one.code, one.given_on.isoformat()) for one in Clearance.objects.all()] == [
        ("bulge", "2026-05-08")
    ]
    assert began.baseline_heaviness == 3
    assert before(began, a_moment + 5 * DAY, heaviness=3).outcome == "easier"


def test_strong_pain_ends_when_it_settled_twice_a_day_apart_and_a_clinician_knows(began, a_moment):
    in_week(began, 2)
    before(began, a_moment, pain=8)
    confirm_requirements(began, {"contacted_on": "2026-05-04"}, a_moment + HOUR)
    before(began, a_moment + DAY, pain=2)
    before(began, a_moment + DAY + 23 * HOUR, pain=3)
    assert held(began)
    before(began, a_moment + 2 * DAY, pain=3)
    assert not held(began)
    began.refresh_from_db()
    assert began.week == 1


def test_a_second_sign_begins_the_way_out_anew(began, a_moment):
    before(began, a_moment, pain=8)
    confirm_requirements(began, {"contacted_on": "2026-05-04"}, a_moment + HOUR)
    before(began, a_moment + DAY, redFlags=["fever"])
    hold = SafetyHold.objects.get()
    assert hold.rules_matched == ["PRE-C3", "PRE-U1"]
    assert hold.met == {}


def test_a_worse_sign_makes_the_hold_an_emergency(began, a_moment):
    before(began, a_moment, pain=8)
    emergency(began, a_moment + HOUR, redFlags=["stroke_signs"])
    assert SafetyHold.objects.get().outcome == "emergency"


def test_after_an_unlock_the_old_sessions_are_settled(began, a_moment):
    do_session(began, "w01-a", a_moment, heaviness=3)
    confirm_requirements(began, {"check_done_on": "2026-05-05"}, a_moment + DAY)
    assert standing_of(journey_of(began, a_moment + DAY)).outcome == "go"


def test_a_long_hold_places_her_as_any_long_break_does(began, a_moment):
    in_week(began, 6)
    do_session(began, "w06-a", a_moment, heaviness=3)
    confirm_requirements(began, {"check_done_on": "2026-06-04"}, a_moment + 31 * DAY)
    began.refresh_from_db()
    assert (began.week, began.screening_due) == (3, "whole")
    assert [one.rule for one in Decision.objects.order_by("pk")] == ["PR-1", "UNLOCKED", "PR-2a"]


def test_every_decision_can_be_made_again_from_its_facts(began, a_moment):
    in_week(began, 6)
    do_session(began, "w06-a", a_moment, heaviness=3)
    confirm_requirements(began, {"check_done_on": "2026-06-04"}, a_moment + 31 * DAY)
    for row in Decision.objects.all():
        again = placed_again(row.rule, row.facts, row.rules_version)
        assert (again.result.outcome, again.result.rule, again.week) == (row.outcome, row.rule, row.to_week)
        assert list(again.result.advice) == row.advice


def test_a_place_that_waits_for_a_check_opens_with_its_day_and_answers_anew(mother, program, a_moment):
    waiting = make_enrollment(mother, a_moment, heaviness="bulge")
    assert SafetyHold.objects.get().rules_matched == ["SCREEN-W1"]
    screened(waiting, a_moment + 2 * DAY, heaviness="bulge_ok")
    assert held(waiting)
    confirm_requirements(waiting, {"check_done_on": "2026-05-06"}, a_moment + 3 * DAY)
    assert not held(waiting)
    waiting.refresh_from_db()
    assert (waiting.safety_flags, waiting.baseline_heaviness) == (["heaviness"], 3)
    assert Screening.objects.count() == 2


def test_a_milder_answer_alone_does_not_end_the_wait_for_a_check(mother, program, a_moment):
    waiting = make_enrollment(mother, a_moment, heaviness="bulge")
    screened(waiting, a_moment + DAY)
    assert held(waiting)


def test_a_cleared_prolapse_comes_to_her_first_session(mother, program, a_moment):
    waiting = make_enrollment(mother, a_moment, heaviness="bulge")
    confirm_requirements(waiting, {"check_done_on": "2026-05-06"}, a_moment + 2 * DAY)
    screened(waiting, a_moment + 2 * DAY, heaviness="bulge_ok")
    row = before(waiting, a_moment + 3 * DAY, "w01-a", heaviness=3)
    assert (row.outcome, row.mode) == ("easier", "easier")
    standing = standing_of(journey_of(waiting, a_moment + 3 * DAY))
    assert closed_because(standing, plan_for(waiting).session("w01-a"), 1) is None


def test_a_screening_with_a_sign_for_today_holds_at_once(began, a_moment):
    screened(began, a_moment + DAY, ScreeningScope.SHORT, bleeding="heavier")
    hold = SafetyHold.objects.get()
    assert (hold.outcome, hold.rules_matched, hold.red_flags) == ("pause_clinician", ["SCREEN-U1"], ["RF04"])


def test_a_screening_can_close_the_phase_she_is_in(began, a_moment):
    in_week(began, 8)
    screened(began, a_moment + DAY, ScreeningScope.SHORT, heaviness="strong")
    began.refresh_from_db()
    assert began.week == 1
    decision = Decision.objects.get()
    assert (decision.rule, decision.outcome, decision.from_week) == ("GATE", "step_back_phase", 8)
    assert decision.facts == {"week": 8, "highestPhase": 1}
