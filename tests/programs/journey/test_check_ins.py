"""A check-in is kept once, judged with her own history, and brings about all that follows in one transaction."""

from datetime import timedelta
from uuid import uuid4

import pytest

from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.models import CheckIn, Concern, Decision, SafetyHold
from programs.rules.vocabulary import AnswerError, CheckInKind, Outcome, SafetyFlag
from programs.services.check_in import CheckInAsMade, record_check_in, record_emergency
from tests.cast import make_enrollment
from tests.programs.journey.conftest import BEFORE, after, before, check_in, do_session, log_only

DAY = timedelta(days=1)


def test_a_check_in_sent_twice_is_one(began, a_moment):
    made = CheckInAsMade(uuid4(), CheckInKind.BEFORE, BEFORE | {"heaviness": 3}, a_moment, "w01-a")
    first = record_check_in(began, made, a_moment)
    again = record_check_in(began, made, a_moment)
    assert first == again
    assert CheckIn.objects.count() == SafetyHold.objects.count() == Concern.objects.count() == 1


@pytest.mark.parametrize("missing", BEFORE)
def test_a_missing_answer_is_an_error_and_keeps_nothing(began, a_moment, missing):
    answers = {name: answer for name, answer in BEFORE.items() if name != missing}
    with pytest.raises(AnswerError):
        record_check_in(began, CheckInAsMade(uuid4(), CheckInKind.BEFORE, answers, a_moment), a_moment)
    assert not CheckIn.objects.exists()


def test_what_the_rules_saw_is_kept(began, a_moment):
    row = before(began, a_moment, "w01-a", lastResponse="first")
    assert row.outcome == row.mode == Outcome.GO
    assert row.context == {
        "baselineLeak": 0,
        "baselineHeaviness": 0,
        "daysSinceLast": None,
        "weeksPostpartum": 16,
        "bleedingMoreStreak": 0,
        "heavyStreak": 0,
        "worseStillStreak": 0,
        "moodLowIn4": 0,
        "restDaysInRow": 0,
        "clearedSymptoms": [],
    }


def test_a_bulge_pauses_at_once_with_hold_concern_and_decision(began, a_moment):
    do_session(began, "w01-a", a_moment, heaviness=3)
    hold = SafetyHold.objects.get()
    assert (hold.outcome, hold.rules_matched) == ("pause_clinician", ["POST-C1"])
    assert hold.red_flags == ["RF22"]
    concern = Concern.objects.get()
    assert (concern.code, concern.urgency) == ("symptom_pause", "routine")
    assert concern.facts == {"because": ["POST-C1"]}
    assert [one.outcome for one in Decision.objects.all()] == ["pause_refer"]


def test_an_emergency_needs_no_other_answer(began, a_moment):
    made = CheckInAsMade(uuid4(), CheckInKind.BEFORE, {"redFlags": ["chest_pain"]}, a_moment)
    row = record_emergency(began, made, a_moment)
    assert row == record_emergency(began, made, a_moment)
    assert (row.outcome, row.is_complete) == ("emergency", False)
    assert SafetyHold.objects.get().outcome == Outcome.EMERGENCY
    assert Concern.objects.get().urgency == "emergency"


def test_answers_without_an_emergency_are_not_kept_half(began, a_moment):
    made = CheckInAsMade(uuid4(), CheckInKind.BEFORE, {"redFlags": ["fever"], "mood": "low"}, a_moment)
    assert record_emergency(began, made, a_moment) is None
    assert not CheckIn.objects.exists()


def test_an_emergency_cut_short_does_not_disturb_later_histories(began, a_moment):
    made = CheckInAsMade(uuid4(), CheckInKind.AFTER, {"redFlags": ["chest_pain"]}, a_moment)
    record_emergency(began, made, a_moment)
    row = before(began, a_moment + DAY)
    assert row.outcome == Outcome.GO
    assert standing_of(journey_of(began, a_moment + DAY)).outcome == Outcome.EMERGENCY


def test_trends_open_a_concern_without_a_pause(began, a_moment):
    for day in range(3):
        row = before(began, a_moment + day * DAY, mood="low")
    assert (row.outcome, row.contact_within) == ("go", "this_week")
    assert [one.code for one in Concern.objects.all()] == ["low_mood"]
    assert not SafetyHold.objects.exists()


def test_easier_stays_for_the_next_session_only(began, a_moment):
    plan = plan_for(began)
    do_session(began, "w01-a", a_moment, painMax=4)
    later = a_moment + 2 * DAY
    assert standing_of(journey_of(began, later)).outcome == Outcome.EASIER
    row = before(began, later, "w01-b")
    assert (row.outcome, row.mode) == ("go", "easier")
    log = log_only(began, "w01-b", later + timedelta(minutes=30))
    assert log.outcome == Outcome.EASIER
    after(began, later + timedelta(minutes=31), "w01-b")
    assert standing_of(journey_of(began, later + 2 * DAY)).outcome == Outcome.GO
    before(began, later + 2 * DAY, "w01-c")
    assert closed_because(standing_of(journey_of(began, later + 2 * DAY)), plan.session("w01-c"), 1) is None


@pytest.mark.parametrize(
    ("answers", "hours", "outcome"),
    [
        ({"heaviness": 2}, 23, "breathing_only"),
        ({"heaviness": 2}, 25, "easier"),
        ({"bleeding": "more"}, 47, "breathing_only"),
        ({"bleeding": "more"}, 49, "easier"),
    ],
)
def test_rest_stays_a_day_and_two_after_bleeding(mother, program, a_moment, answers, hours, outcome):
    new = make_enrollment(mother, a_moment, days_since_birth=30)
    do_session(new, "w01-a", a_moment, **answers)
    ended = a_moment + timedelta(minutes=1)
    assert standing_of(journey_of(new, ended + timedelta(hours=hours))).outcome == outcome


def test_on_a_day_of_rest_the_sessions_wait_and_breathing_is_open(began, a_moment):
    before(began, a_moment, "w01-a", energy=2)
    standing, plan = standing_of(journey_of(began, a_moment)), plan_for(began)
    assert closed_because(standing, plan.session("w01-a"), 1) == "rest"
    assert closed_because(standing, plan.rest, 1) is None
    assert closed_because(standing, plan.daily_of_week(1), 1) is None


def test_the_next_morning_speaks_for_the_day(began, a_moment):
    do_session(began, "w01-a", a_moment)
    morning = a_moment + timedelta(hours=21)
    row = check_in(began, CheckInKind.NEXT_MORNING, morning, lastResponse="worse_still")
    assert (row.outcome, row.context) == ("breathing_only", {"worseStillStreak": 1})
    assert standing_of(journey_of(began, morning)).outcome == Outcome.BREATHING_ONLY
    assert standing_of(journey_of(began, morning + timedelta(hours=23))).outcome == Outcome.BREATHING_ONLY
    assert standing_of(journey_of(began, morning + timedelta(hours=24))).outcome == Outcome.EASIER


def test_pain_before_is_that_of_the_same_session(began, a_moment):
    before(began, a_moment, "w01-a", pain=3)
    log_only(began, "w01-a", a_moment + timedelta(minutes=30))
    row = after(began, a_moment + timedelta(minutes=31), "w01-a", painMax=3)
    assert (row.outcome, row.context["painBefore"]) == ("go", 3)


def test_pain_before_an_earlier_session_does_not_count(began, a_moment):
    before(began, a_moment, "w01-a", pain=3)
    after(began, a_moment + timedelta(minutes=31), "w01-a", painMax=3)
    log_only(began, "w01-b", a_moment + timedelta(hours=3))
    row = after(began, a_moment + timedelta(hours=3, minutes=1), "w01-b", painMax=3)
    assert (row.outcome, row.context["painBefore"]) == ("easier", 0)


def test_without_a_check_before_the_pain_counts_as_risen(began, a_moment):
    log_only(began, "w01-a", a_moment)
    row = after(began, a_moment + timedelta(minutes=1), "w01-a", painMax=3)
    assert (row.outcome, row.context["painBefore"]) == ("easier", 0)


def test_safety_flags_begin_and_end_with_check_ins(began, a_moment):
    do_session(began, "w01-a", a_moment, doming="kept")
    began.refresh_from_db()
    assert began.safety_flags == ["doming"]
    for number, letter in enumerate("bca", start=1):
        at = a_moment + 2 * number * DAY
        assert SafetyFlag.DOMING in standing_of(journey_of(began, at)).flags
        do_session(began, f"w01-{letter}", at)
        began.refresh_from_db()
    assert began.safety_flags == []


def test_two_after_checks_with_a_leak_begin_the_flag(began, a_moment):
    do_session(began, "w01-a", a_moment, leak=1)
    began.refresh_from_db()
    assert began.safety_flags == []
    do_session(began, "w01-b", a_moment + 2 * DAY, leak=1)
    began.refresh_from_db()
    assert began.safety_flags == ["leaking"]


def test_two_easy_sessions_allow_one_harder_version(began, a_moment):
    do_session(began, "w01-a", a_moment, effort=3)
    assert not standing_of(journey_of(began, a_moment + DAY)).may_use_harder
    do_session(began, "w01-b", a_moment + 2 * DAY, effort=2)
    assert standing_of(journey_of(began, a_moment + 3 * DAY)).may_use_harder


def test_a_check_in_speaks_for_one_session_of_the_day(began, a_moment):
    plan = plan_for(began)
    session, other = plan.session("w01-a"), plan.session("w01-b")
    assert standing_of(journey_of(began, a_moment)).check_in_due(session)
    before(began, a_moment, "w01-a")
    assert not standing_of(journey_of(began, a_moment + timedelta(hours=11))).check_in_due(session)
    assert standing_of(journey_of(began, a_moment + timedelta(hours=13))).check_in_due(session)
    log_only(began, "w01-a", a_moment + timedelta(minutes=40))
    standing = standing_of(journey_of(began, a_moment + timedelta(hours=1)))
    assert standing.check_in_due(session)
    after(began, a_moment + timedelta(minutes=41), "w01-a")
    assert standing_of(journey_of(began, a_moment + timedelta(hours=1))).check_in_due(other)
    assert not standing_of(journey_of(began, a_moment + timedelta(hours=1))).check_in_due(plan.rest)


def test_a_check_in_of_a_stranger_changes_nothing_for_her(began, other_mother, a_moment, program):

    strangers = make_enrollment(other_mother, a_moment)
    before(strangers, a_moment, heaviness=3)
    assert standing_of(journey_of(began, a_moment)).hold is None


def test_answers_are_judged_against_her_own_baseline(mother, program, a_moment):

    leaking = make_enrollment(mother, a_moment, bladder="leak_some")
    assert before(leaking, a_moment, leak=1).outcome == Outcome.GO
