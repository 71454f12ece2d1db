"""Her week on its page: what opens the next step, the decision in her words, and all decisions before."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from programs.models import Decision, Enrollment, SessionLog
from tests.cast import make_enrollment
from tests.markup import squeezed
from tests.programs.journey.conftest import before, do_session, do_week, log_only
from tests.programs.journey.test_holds import in_week

DAY = timedelta(days=1)
DECISIONS = "decisions"


def page_of(client):
    """The page of decisions."""
    return client.get(reverse(DECISIONS)).content.decode()


def ask(client, enrollment):
    """Ask for the decision about the week the page shows."""
    enrollment.refresh_from_db()
    return client.post(
        reverse(DECISIONS), {"week_began": enrollment.week_started_at.isoformat()}, follow=True
    ).content.decode()


@pytest.fixture
def a_week_ago(mother, program):
    """Maya's place in the program, begun eight days ago."""
    return make_enrollment(mother, timezone.now() - 8 * DAY)


def test_a_good_week_in_her_words(as_mother, a_week_ago):
    do_week(a_week_ago, 1, timezone.now() - 7 * DAY)
    assert "Look at my week now" in as_mother.get(reverse("today")).content.decode()
    page = ask(as_mother, a_week_ago)
    assert "On to week 2" in page
    assert "drawing-leaf" in page
    assert "You did your sessions and told us how your body felt" in page


def test_a_hold_names_what_it_rests_on(as_mother, a_week_ago):
    do_session(a_week_ago, "w01-a", timezone.now() - 6 * DAY, heaviness=1)
    do_session(a_week_ago, "w01-b", timezone.now() - 4 * DAY, painMax=4)
    page = ask(as_mother, a_week_ago)
    assert (
        "Two of your last three days called for a gentler session because of heaviness and pain. "
        "So this week stays gentle" in page.replace("&#x27;", "'")
    )
    assert "drawing" not in page
    assert Decision.objects.get().reasons == {"symptoms": ["heaviness", "pain"], "opens_on": None}


def test_asked_twice_or_with_an_old_page_it_is_one(as_mother, a_week_ago):
    do_week(a_week_ago, 1, timezone.now() - 7 * DAY)
    week_began = {"week_began": a_week_ago.week_started_at.isoformat()}
    as_mother.post(reverse(DECISIONS), week_began)
    as_mother.post(reverse(DECISIONS), week_began)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("week_began", ["", "yesterday", "2026-13-45T00:00:00Z"])
def test_a_broken_form_decides_nothing(as_mother, a_week_ago, week_began):
    do_week(a_week_ago, 1, timezone.now() - 7 * DAY)
    as_mother.post(reverse(DECISIONS), {"week_began": week_began})
    assert not Decision.objects.exists()


def test_too_early_it_says_what_is_missing(as_mother, enrollment):
    page = ask(as_mother, enrollment)
    assert "time for that yet" in page
    assert "0 sessions done this week; 2 are enough" in page
    assert not Decision.objects.exists()


def test_on_the_day_of_the_last_session_it_waits_for_the_morning(as_mother, a_week_ago):
    do_week(a_week_ago, 1, timezone.now() - 4 * DAY - timedelta(minutes=5))
    assert "how you feel the next morning is part of it" in page_of(as_mother)


def test_the_end_of_a_phase_tells_all_it_asks_for(as_mother, mother, program):
    at = timezone.now() - 8 * DAY
    capped = in_week(make_enrollment(mother, at, birth_mode="cesarean", clearance="not_yet_late"), 3)
    do_week(capped, 3, at + DAY)
    page = page_of(as_mother)
    assert "3 of 7 different sessions that this phase asks for" in page
    assert "0 of 5 self-checks ticked" in page
    assert "The next phase waits for your check after the birth, with exercise agreed" in page
    assert reverse("change") in page


def test_a_gate_of_time_names_its_day(as_mother, mother, program):
    at = timezone.now() - 8 * DAY
    early = in_week(make_enrollment(mother, at, days_since_birth=20), 3)
    for week in (1, 2):
        for letter in "abc":
            log_only(early, f"w{week:02}-{letter}", at + timedelta(hours=1))
    do_week(early, 3, at + DAY)
    tick_all(as_mother)
    opens = timezone.localdate(at) + timedelta(days=42 - 20)
    page = ask(as_mother, early)
    assert "The next one opens on" in page
    assert date_format(opens) in page


def tick_all(client):
    """All milestones on the page of milestones, ticked."""
    page = client.get(reverse("milestones")).content.decode()
    client.post(reverse("milestones"), {"milestone": re.findall(r'name="milestone"\s+value="([^"]+)"', page)})


def test_after_a_phase_the_next_step_is_the_questions(as_mother, mother, program):
    at = timezone.now() - 8 * DAY
    ready = in_week(make_enrollment(mother, at), 3)
    for week in (1, 2):
        for letter in "abc":
            log_only(ready, f"w{week:02}-{letter}", at + timedelta(hours=1))
    do_week(ready, 3, at + DAY)
    tick_all(as_mother)
    page = ask(as_mother, ready)
    assert "The next phase is open" in page
    assert 'name="scope" value="short"' in squeezed(page)
    assert 'name="scope" value="short"' in squeezed(as_mother.get(reverse("today")).content.decode())


def test_milestones_speak_of_letting_go_to_a_tense_pelvic_floor(as_mother, mother, program):
    make_enrollment(mother)
    plain = as_mother.get(reverse("milestones")).content.decode()
    Enrollment.objects.update(safety_flags=["pf_tension"])
    assert as_mother.get(reverse("milestones")).content.decode() != plain


def test_something_got_worse_leads_back_at_once(as_mother, enrollment):
    in_week(enrollment, 4)
    page = as_mother.post(
        reverse("step_back"), {"week_began": enrollment.week_started_at.isoformat()}, follow=True
    ).content.decode()
    assert "You told us that something got worse. So you continue from week 3" in page


def test_the_whole_history_is_there(as_mother, a_week_ago):
    for week in range(1, 4):
        Decision.objects.create(
            enrollment=a_week_ago,
            made_at=timezone.now() - (4 - week) * DAY,
            outcome="advance_week",
            rule="PR-13",
            facts={},
            from_week=week,
            to_week=week + 1,
            rules_version="1.0",
        )
    page = page_of(as_mother)
    assert page.index("On to week 4") < page.index("On to week 3") < page.index("On to week 2")


def test_the_decisions_of_another_stay_hers(as_mother, enrollment, other_mother, program):
    theirs = make_enrollment(other_mother, timezone.now() - 8 * DAY)
    do_week(theirs, 1, timezone.now() - 7 * DAY)
    as_mother.post(reverse(DECISIONS), {"week_began": theirs.week_started_at.isoformat()})
    assert not Decision.objects.exists()


def test_in_the_last_week_a_look_to_come_leaves_nobody_without_an_end(as_mother, enrollment):
    Enrollment.objects.update(week=12)
    advice = ["SYMPTOM_GATE", "SEE_PELVIC_PT"]
    Decision.objects.create(
        enrollment=enrollment, made_at=timezone.now(), outcome="hold_gate", rule="PR-15", advice=advice, facts={},
        reasons={"symptoms": ["heaviness"], "opens_on": None}, from_week=12, to_week=12, rules_version="2.0",
    )  # fmt: skip
    page = page_of(as_mother)
    assert "All 12 weeks done, and one look to come" in page
    assert "mild and steady because of heaviness" in page
    assert "Keep one pelvic floor round a day and two strength days a week" in page


@pytest.fixture
def done(enrollment):
    """Maya's place in the program, all twelve weeks done a moment ago."""
    Enrollment.objects.update(state="completed", week=12)
    Decision.objects.create(
        enrollment=enrollment,
        made_at=timezone.now(),
        outcome="program_complete",
        rule="PR-11",
        advice=["WHAT_NEXT"],
        facts={},
        from_week=12,
        to_week=12,
        rules_version="1.0",
    )
    enrollment.refresh_from_db()
    return enrollment


def test_when_the_program_is_done_the_page_says_what_comes_next(as_mother, done):
    page = as_mother.get(reverse(DECISIONS)).text
    assert "You have done all 12 weeks" in page
    assert "Running and jumping come later" in page
    assert reverse("keep_strong") in page


def test_after_the_program_nothing_is_a_dead_end(as_mother, done, django_assert_max_num_queries):
    for key in ("w12-a", "w05-b"):
        log_only(done, key, timezone.now() - DAY)
    assert as_mother.get(reverse("today")).url == reverse("keep_strong")
    with django_assert_max_num_queries(7):
        page = BeautifulSoup(as_mother.get(reverse("keep_strong")).text, "html.parser")
    ways = {link["href"] for link in page.select("main a[href^='/']")}
    assert len([way for way in ways if re.fullmatch(r"/sessions/w\d\d-[abc]/", way)]) == 36
    for way in ways - {way for way in ways if way.startswith("/sessions/w")}:
        assert as_mother.get(way, follow=True).status_code == 200, way
    assert as_mother.get(reverse("session", args=["w05-b"])).url == reverse("check_in_before", args=["w05-b"])
    before(done, timezone.now(), "w05-b")
    assert as_mother.get(reverse("session", args=["w05-b"])).status_code == 200


def test_after_the_program_a_long_break_closes_nothing(as_mother, done):
    log_only(done, "w12-a", timezone.now() - 60 * DAY)
    before(done, timezone.now(), "w12-b")
    assert as_mother.get(reverse("session", args=["w12-b"])).status_code == 200


def test_after_the_program_what_needs_a_clinician_still_stops(as_mother, done):
    before(done, timezone.now(), heaviness=3)
    assert "Sessions are paused until you have been checked" in as_mother.get(reverse("today")).text
    assert as_mother.get(reverse("session", args=["w12-a"])).status_code == 403
    assert as_mother.get(reverse("hold")).status_code == 200


def test_before_the_last_week_the_plan_after_it_leads_back(as_mother, enrollment):
    assert as_mother.get(reverse("keep_strong")).url == reverse("today")


def test_the_year_on_one_page(as_mother, done):
    done.milestones = {"m4-calf": timezone.now().isoformat()}
    done.save()
    log_only(done, "w12-a", timezone.now() - DAY)
    old = log_only(done, "w11-a", timezone.now() - 2 * DAY)
    SessionLog.objects.filter(pk=old.pk).update(finished_at=timezone.now() - 500 * DAY)
    page = BeautifulSoup(as_mother.get(reverse("year")).text, "html.parser").main
    assert page.select_one(".stat b").text == "1"
    assert "I can do 15 calf raises in a row, slowly." in page.text
    assert len(page.select("tbody tr")) == 1


def test_the_end_of_a_week_says_what_was_done_and_what_comes(as_mother, a_week_ago):
    do_week(a_week_ago, 1, timezone.now() - 7 * DAY)
    page = ask(as_mother, a_week_ago)
    assert "Next is week 2" in page
    assert "Go on to week 2" in page
    assert BeautifulSoup(page, "html.parser").select_one(".stat b").text == "3"


def test_what_comes_next_is_told_only_until_it_has_begun(as_mother, a_week_ago):
    do_week(a_week_ago, 1, timezone.now() - 7 * DAY)
    ask(as_mother, a_week_ago)
    in_week(a_week_ago, 2)
    log_only(a_week_ago, "w02-a", timezone.now() + timedelta(minutes=1))
    page = page_of(as_mother)
    assert "On to week 2" in page
    assert "Next is week 2" not in page
    assert "Go on to week 2" not in page
    assert "Back to Today" in page


@pytest.mark.parametrize("weeks", [1, 3])
def test_pages_ask_a_fixed_number_of_queries(as_mother, a_week_ago, weeks, django_assert_num_queries):
    for week in range(1, weeks + 1):
        in_week(a_week_ago, week)
        do_session(a_week_ago, f"w{week:02}-a", timezone.now() - (5 - week) * DAY)
    before(a_week_ago, timezone.now())
    with django_assert_num_queries(8):
        as_mother.get(reverse(DECISIONS))
    with django_assert_num_queries(4):
        as_mother.get(reverse("milestones"))
    with django_assert_num_queries(5):
        as_mother.get(reverse("progress"))
    with django_assert_num_queries(7):
        as_mother.get(reverse("summary"))
    with django_assert_num_queries(6):
        as_mother.get(reverse("change"))


def test_a_week_looked_at_too_early_goes_on_and_does_not_begin_anew(client, mother, program):
    began = timezone.now() - 5 * DAY
    enrollment = make_enrollment(mother, began)
    for index, letter in enumerate("abc"):
        do_session(enrollment, f"w01-{letter}", began + (0.5 + index * 1.5) * DAY)
    client.force_login(mother)

    for _again in range(2):
        assert "the next week opens when this one is over" in ask(client, enrollment)
    assert "when it is over" in client.get(reverse("today")).text
    assert Decision.objects.count() == 1
    enrollment.refresh_from_db()
    assert (enrollment.week, enrollment.week_started_at) == (1, began)

    Enrollment.objects.update(week_started_at=began - DAY)
    assert "On to week 2" in ask(client, enrollment)
