"""What to do now, and that nobody else's things show up."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.facts.releases import plan_of
from programs.models import Enrollment, SessionLog
from programs.rules.vocabulary import Outcome
from programs.services.session_log import SessionAsDone, log_session
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before


def do_session(enrollment, key, now, exercises=7):
    """Log `exercises` exercises of a session, a minute each, finished at `now`, as if checked in before it."""
    steps = {f"{number}.1.1": 60 for number in range(1, exercises + 1)}
    done = SessionAsDone(uuid4(), now - timedelta(minutes=exercises), now, 7, steps)
    log = log_session(enrollment, plan_of(enrollment.release_id).session(key), done, Outcome.GO, now)
    SessionLog.objects.filter(pk=log.pk).update(counts_as_done=exercises >= 4)


@pytest.fixture
def todays_page(as_mother):
    """The words of her page today."""
    return lambda: as_mother.get(reverse("today")).content.decode()


def test_the_first_session_comes_first(enrollment, todays_page):
    html = todays_page()
    assert "Week 1 of 12" in html
    assert "Breathe and Find" in html
    assert reverse("session", args=["w01-a"]) in html
    assert "This week: Arrive and Breathe" in html
    assert "What comes next: Lift and Let Go" in html


def test_a_done_session_gives_way_to_the_next(enrollment, todays_page):
    do_session(enrollment, "w01-a", timezone.now())
    html = todays_page()
    assert "Session B" in html
    assert "tick-done" in html


def test_a_session_barely_begun_is_kept_but_not_done(enrollment, todays_page):
    do_session(enrollment, "w01-a", timezone.now(), exercises=2)
    html = todays_page()
    assert "Session A" in html
    assert "What you did is kept" in html
    assert "Continue" in html


def test_a_session_left_on_another_day_begins_anew(enrollment, todays_page):
    do_session(enrollment, "w01-a", timezone.now() - timedelta(days=1), exercises=2)
    assert "Continue" not in todays_page()


def test_all_three_done_asks_for_nothing_more(enrollment, todays_page):
    for key in ("w01-a", "w01-b", "w01-c"):
        do_session(enrollment, key, timezone.now())
    assert "All three sessions of this week are done" in todays_page()


def test_the_first_two_weeks_are_for_early_recovery(mother, program, todays_page, as_mother):
    make_enrollment(mother, days_since_birth=9, time_since_birth="lt_14d", clearance="not_yet_early")
    assert "Early recovery" in todays_page()
    assert as_mother.get(reverse("session", args=["w01-a"])).status_code == 403


def test_after_a_cesarean_the_session_is_adapted(mother, program, todays_page):
    make_enrollment(
        mother, days_since_birth=30, time_since_birth="d14_41", birth_mode="cesarean", wound="mild"
    )
    assert "Adapted for you" in todays_page()


def test_a_day_of_rest_is_suggested_after_a_session_and_locks_nothing(enrollment, todays_page, as_mother):
    do_session(enrollment, "w01-a", timezone.now() - timedelta(hours=23))
    assert "this one is suggested from" in todays_page()
    before(enrollment, timezone.now(), "w01-b")
    assert as_mother.get(reverse("session", args=["w01-b"])).status_code == 200


def test_after_a_day_the_next_session_is_there_as_ever(enrollment, todays_page):
    do_session(enrollment, "w01-a", timezone.now() - timedelta(hours=25))
    assert "is suggested from" not in todays_page()


def test_the_days_that_work_well_are_told(enrollment, todays_page):
    html = todays_page()
    assert "Monday, Wednesday, Friday work well" in html
    assert "at least 24 hours between two sessions" in html


def in_week(enrollment, week):
    """Her place moved to a later week."""
    Enrollment.objects.filter(pk=enrollment.pk).update(week=week)
    enrollment.refresh_from_db()


@pytest.mark.parametrize(
    ("week", "key", "words"),
    [
        (1, None, "A second round is welcome"),
        (1, "w01-daily", "1 of 1 round today"),
        (3, "w03-daily", "1 of 2 rounds today"),
        (3, "w03-a", "Two rounds a day"),
        (4, "w04-a", "1 of 3 rounds today"),
    ],
)
def test_rounds_of_the_daily_practice_are_counted_and_from_week_4_a_session_is_one(
    enrollment, todays_page, week, key, words
):
    in_week(enrollment, week)
    if key:
        do_session(enrollment, key, timezone.now())
    assert words in todays_page()


@pytest.mark.parametrize(("week", "is_told"), [(6, False), (7, True), (8, False)])
def test_a_week_with_less_work_says_so(enrollment, todays_page, as_mother, week, is_told):
    in_week(enrollment, week)
    told = "slightly less volume on purpose"
    assert (told in todays_page()) is is_told
    before(enrollment, timezone.now(), f"w{week:02}-a")
    assert (told in as_mother.get(reverse("session", args=[f"w{week:02}-a"])).content.decode()) is is_told


def test_in_the_first_two_weeks_walking_has_its_own_words(mother, program, todays_page):
    make_enrollment(mother, days_since_birth=9, time_since_birth="lt_14d", clearance="not_yet_early")
    assert "Walking: A few minutes, several times a day" in todays_page()


@pytest.mark.parametrize(
    ("days", "birth", "is_told"), [(30, "cesarean", True), (60, "cesarean", False), (30, "vaginal", False)]
)
def test_after_a_cesarean_what_helps_is_told_for_eight_weeks(
    mother, program, todays_page, days, birth, is_told
):
    wound = {"wound": "mild"} if birth == "cesarean" else {}
    time = "d14_41" if days < 42 else "d42_83"
    make_enrollment(mother, days_since_birth=days, time_since_birth=time, birth_mode=birth, **wound)
    assert ("Use the log roll for every get-up" in todays_page()) is is_told


def test_without_her_baby_no_word_on_the_page_speaks_of_one(mother, program, todays_page):
    enrollment = make_enrollment(
        mother, days_since_birth=30, time_since_birth="d14_41", birth_mode="cesarean", wound="mild"
    )
    enrollment.participant.baby_not_with_me = True
    enrollment.participant.save()
    main = todays_page().split("<main")[1].split("</main")[0]
    assert "Lift nothing heavy until at least 6 weeks" in main
    assert not re.search(r"\b(baby|feed)", main)


def test_without_an_enrollment_she_begins_with_the_questions(as_mother, program):
    assert as_mother.get(reverse("today")).url == reverse("start")


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(reverse("today")).url.startswith(reverse("account_login"))


def test_nothing_of_another_mother_shows(other_mother, enrollment, todays_page, as_mother):
    do_session(make_enrollment(other_mother), "w01-a", timezone.now())
    assert "Session A" in todays_page()
    assert "1 practice" not in as_mother.get(reverse("progress")).content.decode()


def test_private_pages_are_kept_by_no_cache(enrollment, as_mother):
    for name in ("today", "progress", "my_data"):
        assert as_mother.get(reverse(name))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("sessions", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("today", 6), ("progress", 5)])
def test_query_counts_do_not_grow(enrollment, as_mother, django_assert_num_queries, name, queries, sessions):
    for number in range(sessions):
        do_session(enrollment, "w01-a", timezone.now() - timedelta(hours=number))
    as_mother.get(reverse(name))
    with django_assert_num_queries(queries):
        as_mother.get(reverse(name))
