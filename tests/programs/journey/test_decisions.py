"""Her week looked at: each decision of the table, from real sessions and check-ins, kept with its facts."""

from datetime import timedelta

import pytest

from programs.facts.clearances import load_cleared
from programs.facts.journey import journey_of
from programs.facts.standing import closed_because, plan_for, standing_of
from programs.facts.week import week_facts
from programs.models import Concern, Decision, Enrollment
from programs.rules import RULES_VERSION
from programs.rules.schedule import days_since, highest_phase
from programs.rules.vocabulary import EnrollmentState
from programs.services.decision import NotNow, decide_week, step_back
from programs.services.life_changes import record_clearance, tick_milestones
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before, do_session, do_week, log_only, week_at
from tests.programs.journey.test_holds import in_week, screened

DAY = timedelta(days=1)


def decided(enrollment, at):
    """The week looked at, at `at`."""
    enrollment.refresh_from_db()
    decision = decide_week(enrollment, enrollment.week_started_at, at)
    enrollment.refresh_from_db()
    return decision


def tick_all(enrollment, at):
    """All milestones of the phase she is in, ticked."""
    enrollment.refresh_from_db()
    slugs = [one.slug for one in plan_for(enrollment).phase_of(enrollment.week).milestones]
    tick_milestones(enrollment, slugs, slugs, at)
    enrollment.refresh_from_db()


def test_a_good_week_leads_on(began, a_moment):
    do_week(began, 1, a_moment)
    decision = decided(began, a_moment + 6 * DAY)
    assert (decision.outcome, decision.rule, decision.to_week) == ("advance_week", "PR-13", 2)
    assert began.week == 2
    assert decision.facts == {
        "week": 1,
        "sessionsDoneThisWeek": 3,
        "sessionsDoneThisPhase": 3,
        "last3": ["go", "go", "go"],
        "worseStillInLast3": 0,
        "daysSinceLast": 2,
        "stepBacksInPhase": 0,
        "holdWeeksInRow": 0,
        "milestonesMet": False,
        "nextPhaseAllowed": True,
        "reportedThisWeek": 3,
        "daysInWeek": 6,
        "toleratedInLast3": 0,
        "symptomCleared": False,
    }
    assert decision.rules_version == RULES_VERSION


def test_asked_twice_it_is_one_decision(began, a_moment):
    do_week(began, 1, a_moment)
    week_began = began.week_started_at
    first = decide_week(began, week_began, a_moment + 6 * DAY)
    assert decide_week(began, week_began, a_moment + 6 * DAY) == first
    assert Decision.objects.count() == 1


def test_not_before_two_sessions_or_seven_days(began, a_moment):
    do_session(began, "w01-a", a_moment)
    with pytest.raises(NotNow):
        decided(began, a_moment + 2 * DAY)
    decision = decided(began, a_moment + 7 * DAY)
    assert (decision.outcome, decision.advice) == ("hold_week", ["FEW_SESSIONS"])


def test_not_on_the_day_of_the_last_session(began, a_moment):
    ended = do_week(began, 1, a_moment)
    with pytest.raises(NotNow):
        decided(began, ended + timedelta(hours=2))
    assert decided(began, ended + DAY).advice == ["WEEK_GATE"]
    do_week(began, 1, ended + 2 * DAY)
    assert decided(began, ended + 8 * DAY).outcome == "advance_week"


def test_not_while_a_hold_is_in_force(began, a_moment):
    do_session(began, "w01-a", a_moment)
    do_session(began, "w01-b", a_moment + 2 * DAY, heaviness=3)
    with pytest.raises(NotNow):
        decided(began, a_moment + 9 * DAY)


def test_two_gentle_sessions_hold_the_week_and_a_second_hold_asks_for_help(began, a_moment):
    do_session(began, "w01-a", a_moment, painMax=4)
    do_session(began, "w01-b", a_moment + 2 * DAY)
    do_session(began, "w01-c", a_moment + 4 * DAY, heaviness=1)
    decision = decided(began, a_moment + 6 * DAY)
    assert (decision.rule, decision.advice, began.week) == ("PR-7", ["SYMPTOM_HOLD"], 1)
    do_week(began, 1, a_moment + 7 * DAY, effort=8)
    decision = decided(began, a_moment + 13 * DAY)
    assert decision.advice == ["SYMPTOM_HOLD", "SEE_PELVIC_PT"]
    assert [one.code for one in Concern.objects.all()] == ["second_symptom_hold"]


def test_two_sessions_that_called_for_rest_go_a_week_back(began, a_moment):
    in_week(began, 2)
    do_session(began, "w02-a", a_moment, painMax=6)
    do_session(began, "w02-b", a_moment + 3 * DAY, heaviness=2)
    decision = decided(began, a_moment + 7 * DAY)
    assert (decision.rule, decision.outcome, began.week) == ("PR-5", "step_back_week", 1)


def test_the_third_step_back_goes_a_phase_back(began, a_moment):
    in_week(began, 6)
    for number in range(2):
        step_back(began, began.week_started_at, a_moment + number * DAY)
        began.refresh_from_db()
    assert began.week == 4
    step_back(began, began.week_started_at, a_moment + 2 * DAY)
    began.refresh_from_db()
    assert began.week == 1
    newest = Decision.objects.first()
    assert (newest.rule, newest.outcome, newest.advice) == ("ASKED", "step_back_phase", ["SEE_PELVIC_PT"])
    assert newest.facts == {"week": 4, "stepBacksInPhase": 2}


def test_something_got_worse_sent_twice_is_one_step(began, a_moment):
    in_week(began, 6)
    week_began = began.week_started_at
    assert step_back(began, week_began, a_moment + DAY) == step_back(began, week_began, a_moment + DAY)
    began.refresh_from_db()
    assert began.week == 5


@pytest.mark.parametrize(
    ("days", "rule", "week", "due"), [(13, "PR-13", 6, ""), (14, "PR-4", 4, ""), (28, "PR-2", 4, "whole")]
)
def test_after_a_break_she_is_placed_anew(began, a_moment, days, rule, week, due):
    in_week(began, 5)
    do_session(began, "w05-a", a_moment)
    do_session(began, "w05-b", a_moment + DAY)
    back = a_moment + DAY + days * DAY
    standing, plan = standing_of(journey_of(began, back)), plan_for(began)
    assert closed_because(standing, plan.session("w05-c"), 5) == ("back" if days > 13 else "check")
    decision = decided(began, back)
    assert (decision.rule, began.week, began.screening_due) == (rule, week, due)
    reason = closed_because(standing_of(journey_of(began, back)), plan.session(f"w{week:02}-a"), week)
    assert reason == ("screening" if due else "check")


def test_a_phase_ends_with_seven_sessions_and_all_milestones(began, a_moment):
    in_week(began, 3)
    for week in (1, 2):
        for letter in "abc":
            log_only(began, f"w{week:02}-{letter}", a_moment + timedelta(hours=week))
    do_week(began, 3, a_moment + DAY)
    decision = decided(began, a_moment + 7 * DAY)
    assert (decision.rule, decision.advice) == ("PR-9", ["MILESTONES"])
    do_week(began, 3, a_moment + 8 * DAY)
    tick_all(began, a_moment + 13 * DAY)
    decision = decided(began, a_moment + 14 * DAY)
    assert (decision.rule, began.week, began.screening_due) == ("PR-12", 4, "short")
    plan = plan_for(began)
    reason = closed_because(standing_of(journey_of(began, a_moment + 14 * DAY)), plan.session("w04-a"), 4)
    assert reason == "screening"
    screened(began, a_moment + 14 * DAY, "short")
    began.refresh_from_db()
    before(began, a_moment + 14 * DAY, "w04-a")
    assert (
        closed_because(standing_of(journey_of(began, a_moment + 14 * DAY)), plan.session("w04-a"), 4) is None
    )


def test_repeated_sessions_count_once_in_a_phase(began, a_moment):
    in_week(began, 3)
    for day in range(3):
        do_week(began, 3, a_moment + 7 * day * DAY)
    assert week_at(began, a_moment + 21 * DAY).progress.sessions_done_this_phase == 3


def at_the_end_of_phase_1(user, now, **enrolled):
    enrollment = in_week(make_enrollment(user, now, **enrolled), 3)
    for week in (1, 2):
        for letter in "abc":
            log_only(enrollment, f"w{week:02}-{letter}", now + timedelta(hours=1))
    do_week(enrollment, 3, now + DAY)
    tick_all(enrollment, now + 6 * DAY)
    return enrollment


def test_two_sessions_a_week_end_a_phase_in_time(mother, program, a_moment):
    """A repeated session counts once in a phase: in a week that goes on, the one left out comes first."""
    enrollment = make_enrollment(mother, a_moment)
    for week in (1, 2, 3):
        began = a_moment + 7 * (week - 1) * DAY
        for letter, days in (("a", 1), ("b", 3)):
            do_session(enrollment, f"w{week:02}-{letter}", began + days * DAY)
        tick_all(enrollment, began + 4 * DAY)
        decision = decided(enrollment, began + 7 * DAY)
    assert (decision.rule, enrollment.week) == ("PR-9", 3)
    for letter, days in (("c", 1), ("a", 3)):
        at = a_moment + (21 + days) * DAY
        coming = week_facts(enrollment, journey_of(enrollment, at).logs, plan_for(enrollment), at.date())
        assert coming.next_session.key == f"w03-{letter}"
        do_session(enrollment, f"w03-{letter}", at)
    assert decided(enrollment, a_moment + 28 * DAY).rule == "PR-12"


def test_a_gate_that_is_closed_by_time_holds_until_its_day(mother, program, a_moment):
    early = at_the_end_of_phase_1(mother, a_moment, days_since_birth=30, clearance="not_yet_early")
    record_clearance(early, "postpartum_check", a_moment.date(), a_moment)
    decision = decided(early, a_moment + 7 * DAY)
    assert (decision.rule, decision.outcome, early.week) == ("PR-10", "hold_gate", 3)
    do_week(early, 3, a_moment + 8 * DAY)
    assert decided(early, a_moment + 14 * DAY).rule == "PR-12"


def test_a_gate_that_asks_for_a_check_opens_when_it_is_recorded(mother, program, a_moment):
    capped = at_the_end_of_phase_1(mother, a_moment, birth_mode="cesarean", clearance="not_yet_late")
    decision = decided(capped, a_moment + 7 * DAY)
    assert (decision.rule, decision.reasons["waits_for"]) == ("PR-10", ["postpartum_check"])
    assert Concern.objects.filter(code="check_gate", resolved_at=None).count() == 1
    record_clearance(capped, "postpartum_check", a_moment.date(), a_moment + 8 * DAY)
    do_week(capped, 3, a_moment + 8 * DAY)
    assert decided(capped, a_moment + 14 * DAY).rule == "PR-12"


@pytest.mark.parametrize(("sessions", "concerns"), [("abc", 1), ("a", 0)])
def test_weeks_of_practice_in_one_week_are_seen_at_the_desk(began, a_moment, sessions, concerns):
    """Maya does what she can and never says how it was: the week is held each time, and no symptom is behind it."""
    for week in range(6):
        for number, letter in enumerate(sessions):
            log_only(began, f"w01-{letter}", a_moment + (8 * week + 2 * number) * DAY)
        assert not Concern.objects.exists()
        decision = decided(began, a_moment + (8 * week + 7) * DAY)
    assert (decision.outcome, began.week) == ("hold_week", 1)
    found = Concern.objects.filter(code="long_in_week", urgency="routine", decision=decision)
    assert found.count() == Concern.objects.count() == concerns


def highest_at(enrollment, at):
    """The highest phase open at `at`."""
    days = days_since(enrollment.birth_date, at.date())
    return highest_phase(enrollment.screening.flags, days, load_cleared(enrollment).recorded)


def test_a_pelvic_check_older_than_the_finding_does_not_open_the_gate(mother, program, a_moment):
    capped = make_enrollment(mother, a_moment, heaviness="strong")
    record_clearance(capped, "pelvic_check", (a_moment - 9 * DAY).date(), a_moment)
    assert highest_at(capped, a_moment) == 1
    record_clearance(capped, "pelvic_check", (a_moment + DAY).date(), a_moment + DAY)
    assert highest_at(capped, a_moment + DAY) == 4


def test_milestones_of_a_phase_that_begins_anew_are_ticked_anew(began, a_moment):
    in_week(began, 5)
    tick_all(began, a_moment)
    assert len(week_at(began, a_moment).ticked) == 5
    do_session(began, "w05-a", a_moment)
    decided(began, a_moment + 29 * DAY)
    assert week_at(began, a_moment + 29 * DAY).ticked == frozenset()


def test_sessions_of_a_phase_that_begins_anew_are_counted_anew(began, a_moment):
    in_week(began, 5)
    do_session(began, "w05-a", a_moment)
    assert week_at(began, a_moment + DAY).progress.sessions_done_this_phase == 1
    decided(began, a_moment + 29 * DAY)
    assert week_at(began, a_moment + 29 * DAY).progress.sessions_done_this_phase == 0


def test_a_day_of_rest_is_no_session(began, a_moment):
    do_session(began, "w01-a", a_moment)
    at = a_moment + 2 * DAY
    before(began, at, "w01-b", energy=2)
    log_only(began, "rest", at + timedelta(minutes=10))
    progress = week_at(began, at + DAY).progress
    assert (progress.sessions_done_this_week, progress.sessions_done_this_phase) == (1, 1)


def test_week_12_completes_the_program(began, a_moment):
    in_week(began, 12)
    for week in (10, 11):
        for letter in "abc":
            log_only(began, f"w{week:02}-{letter}", a_moment + timedelta(hours=1))
    do_week(began, 12, a_moment + DAY)
    tick_all(began, a_moment + 6 * DAY)
    decision = decided(began, a_moment + 7 * DAY)
    assert (decision.outcome, decision.advice) == ("program_complete", ["WHAT_NEXT"])
    assert began.state == EnrollmentState.COMPLETED
    assert began.completed_at == a_moment + 7 * DAY


def test_a_decision_asks_a_fixed_number_of_queries(began, mother, a_moment, django_assert_num_queries):
    fresh = Enrollment.objects.open_of(mother)
    enrollment = fresh.get()
    with django_assert_num_queries(4):
        week_at(enrollment, a_moment)
    do_week(began, 1, a_moment)
    decided(began, a_moment + 6 * DAY)
    do_week(began, 2, a_moment + 7 * DAY)
    enrollment = fresh.get()
    with django_assert_num_queries(4):
        week_at(enrollment, a_moment + 13 * DAY)
