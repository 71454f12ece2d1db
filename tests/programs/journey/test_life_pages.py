"""When life changes, on its page; the self-check along the midline; the picture of how her body answered."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from programs.models import Clearance, Concern, Enrollment, Pause, SafetyHold, Screening, SelfCheck
from programs.pages.charts import plot
from programs.services.life_changes import change_situation
from tests.cast import make_enrollment
from tests.markup import squeezed
from tests.programs.journey.conftest import before, do_session
from tests.programs.journey.test_holds import in_week

DAY = timedelta(days=1)
SATURDAY = 5
FELT = {"fingers": "1", "base": "firm", "dome": "no", "lump": "no", "worried": "no"}


def test_a_break_and_back_again(as_mother, enrollment):
    as_mother.post(reverse("pause"))
    today = as_mother.get(reverse("today")).content.decode()
    assert "You are on a break" in today
    assert reverse("session", args=["w01-a"]) not in today
    as_mother.post(reverse("come_back"))
    assert Pause.objects.get().ended_at
    assert "You are on a break" not in as_mother.get(reverse("today")).content.decode()


def test_back_after_a_long_break_the_page_says_where_she_begins(as_mother, mother, program):
    at = timezone.now() - 30 * DAY
    do_session(make_enrollment(mother, at), "w01-a", at + DAY)
    assert "Good to have you back" in as_mother.get(reverse("today")).content.decode()
    as_mother.post(reverse("pause"))
    page = squeezed(as_mother.post(reverse("come_back"), follow=True).content.decode())
    assert "Welcome back" in page
    assert 'name="scope" value="whole"' in page


@pytest.mark.parametrize("situation", ["pregnant", "loss", "surgery", "other"])
def test_news_stops_the_program_without_congratulations(as_mother, enrollment, situation):
    response = as_mother.post(reverse("situation"), {"situation": situation})
    assert response.url == reverse("hold")
    for address in (response.url, reverse("today")):
        main = as_mother.get(address).content.decode().split("<main")[1]
        for word in ("Well done. Rest", "congratulations", "Good to go", "All three sessions"):
            assert word not in main
    assert not Enrollment.objects.to_remind().exists()
    assert Concern.objects.get().code == "situation_changed"
    assert as_mother.get(reverse("summary")).status_code == 200


def test_after_a_loss_the_words_are_gentle_and_speak_of_no_baby(as_mother, enrollment):
    as_mother.post(reverse("situation"), {"situation": "loss"})
    main = as_mother.get(reverse("hold")).content.decode().split("<main")[1]
    assert "We are so sorry" in main
    assert "People to talk to" in main
    assert "findahelpline.com" in main
    assert "Tapped the wrong answer" not in main
    assert "when you have been seen" not in main
    assert "baby" not in as_mother.get(reverse("today")).content.decode().split("<main")[1].replace(
        "speaks of a baby", ""
    )


def test_nothing_chosen_changes_nothing(as_mother, enrollment):
    as_mother.post(reverse("situation"), {"situation": "holiday"})
    assert not SafetyHold.objects.exists()


def test_the_baby_leaves_the_texts_and_comes_back(as_mother, enrollment):
    in_week(enrollment, 3)

    def theme():
        return re.search(
            r'id="theme">(.*?)</h2>', squeezed(as_mother.get(reverse("today")).content.decode())
        )[1]

    usual = theme()
    assert "Feed" in usual
    as_mother.post(reverse("baby_words"), {"baby": "not_with_me"})
    assert "Feed" not in theme()
    as_mother.post(reverse("baby_words"), {"baby": "with_me"})
    assert theme() == usual


def test_a_check_is_recorded_with_its_date(as_mother, mother, program):
    make_enrollment(mother, birth_mode="cesarean", clearance="not_yet_late")
    page = as_mother.get(reverse("change")).content.decode()
    assert "My check after the birth is done" in page
    assert "I now know my tear" not in page
    day = (timezone.localdate() - DAY).isoformat()
    as_mother.post(reverse("clearance"), {"code": "postpartum_check", "given_on": day})
    assert Clearance.objects.get().given_on.isoformat() == day


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("bulge", "2999-01-01", "in the future"),
        ("bulge", "1999-01-01", "before the birth"),
        ("bulge", "", "give the day"),
        ("", "2026-01-01", "choose what was checked"),
        ("pf_tension", "2026-01-01", "Select a valid choice"),
    ],
)
def test_a_wrong_date_or_check_is_told_and_nothing_kept(as_mother, enrollment, code, day, words):
    response = as_mother.post(reverse("clearance"), {"code": code, "given_on": day})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Clearance.objects.exists()


def test_nobody_changes_the_life_of_another(as_mother, enrollment, other_mother, program):
    theirs = make_enrollment(other_mother)
    as_mother.post(reverse("pause"))
    as_mother.post(reverse("situation"), {"situation": "surgery"})
    theirs.refresh_from_db()
    assert theirs.state == "active"
    assert not theirs.holds.exists()


def test_the_self_check_leads_step_by_step_to_what_it_means(as_mother, enrollment):
    page = as_mother.get(reverse("self_check")).content.decode()
    assert page.index("Lie on your back") < page.index("Breathe out and lift only your head")
    sent = {"client_id": str(uuid4())} | FELT | {"fingers": "2", "base": "soft"}
    first = as_mother.post(reverse("self_check"), sent)
    as_mother.post(reverse("self_check"), sent)
    assert SelfCheck.objects.count() == 1
    assert "flatter-tummy versions" in as_mother.get(first.url).content.decode()
    assert "Open to you in 21 days" in as_mother.get(reverse("self_check")).content.decode()


def test_a_lump_with_severe_pain_shows_help_at_once(as_mother, enrollment, canada):
    enrollment.participant.country = canada
    enrollment.participant.save()
    as_mother.post(reverse("self_check"), {"client_id": str(uuid4())} | FELT | {"lump": "ill"})
    main = as_mother.get(reverse("self_check_result")).content.decode().split("<main")[1]
    assert main.index("Get help now") < main.index("911")
    assert SafetyHold.objects.get().outcome == "emergency"


def test_a_self_check_half_answered_is_asked_again(as_mother, enrollment):
    response = as_mother.post(reverse("self_check"), {"client_id": str(uuid4()), "fingers": "2"})
    assert response.status_code == 422
    assert not SelfCheck.objects.exists()


def test_the_self_check_is_not_open_too_early(as_mother, mother, program):
    make_enrollment(mother, days_since_birth=30, clearance="not_yet_early")
    page = as_mother.get(reverse("self_check")).content.decode()
    assert "Open to you in 12 days" in page
    assert 'name="fingers"' not in page


def test_the_picture_stands_as_drawing_and_as_table(as_mother, mother, program):
    at = timezone.now().replace(hour=12) - 9 * DAY  # so that a check-in is on the day of its session
    at -= (at.weekday() - SATURDAY) % 7 * DAY  # and the two sessions in different weeks
    mine = make_enrollment(mother, at)
    do_session(mine, "w01-a", at + DAY, painMax=4, heaviness=1)
    for days in (2, 4):
        before(mine, at + days * DAY, heaviness=1)
    do_session(mine, "w01-b", at + 5 * DAY)
    page = squeezed(as_mother.get(reverse("progress")).content.decode())
    lines = re.findall(r'<polyline class="plot-line" points="([^"]+)"', page)
    assert [len(line.split()) for line in lines] == [4, 4]
    assert "Leaking: none on all 4 days" in page
    assert lines[0].split()[0] == "40.0,46.0"
    for days in (1, 5):
        day = timezone.localdate(at + days * DAY)
        assert page.count(f">{date_format(day, 'M j')}</text>") >= 2  # each line names its first and last day
    assert re.search(r'<text class="plot-text"[^>]* text-anchor="middle">\d+</text>', page)
    ticks = re.findall(r'<text class="plot-text" x="0" y="[\d.]+">(.*?)</text>', page)
    assert ticks == ["0", "5", "10", "none", "1", "2", "bulge"]
    assert f"<title>{date_format(timezone.localdate(at + DAY), 'M j')}: 4</title>" in page
    printed = re.findall(r'<text class="plot-text plot-value"[^>]*>(\d+)</text>', page)
    assert printed == ["4", "0", "0", "0", "1", "1", "1", "0"]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)
    assert [re.findall(r"<td class=\"number\">(.*?)</td>", row) for row in rows[:4]] == [
        ["4", "1", "0", "1"],
        ["0", "1", "0", "0"],
        ["0", "1", "0", "0"],
        ["0", "0", "0", "1"],
    ]
    assert "style=" not in page


def test_of_little_there_is_a_sentence_and_no_line(as_mother, mother, program):
    at = timezone.now().replace(hour=12) - 2 * DAY  # so that a check-in is on the day of its session
    mine = make_enrollment(mother, at)
    do_session(mine, "w01-a", at + DAY, painMax=2)
    page = squeezed(as_mother.get(reverse("progress")).text)
    assert "Pain: 2 of 10 · Heaviness: None · Leaking: No" in page
    assert "3 more days with a check-in, and you will see a line here." in page
    assert "<polyline" not in page
    assert "plot-bar" not in page


def test_a_few_seconds_are_one_minute_everywhere_and_draw_no_full_bar(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now())
    enrollment.logs.update(seconds_done=9)
    page = squeezed(as_mother.get(reverse("progress")).text)
    assert "<b>1</b>minutes for you" in page
    assert "1 min" in page
    assert "about 0 min" not in page
    assert "What you trained" not in page


def test_without_anything_done_there_is_no_picture(as_mother, enrollment):
    page = as_mother.get(reverse("progress")).content.decode()
    assert "<polyline" not in page
    assert "Here you will see what you have done" in page


def test_the_page_for_her_clinician_says_what_she_said(as_mother, mother, program):
    at = timezone.now() - 5 * DAY
    mine = make_enrollment(mother, at, bladder="leak_some")
    do_session(mine, "w01-a", at + DAY, leak=1)
    before(mine, timezone.now(), redFlags=["fever"], mood="low")
    change_situation(mine, "surgery", timezone.now())
    page = as_mother.get(reverse("summary")).content.decode()
    for words in ("Vaginal birth", "Leaking", "I leak a little", "A temperature of 38", "1 session"):
        assert words in page
    for word in ("diagnosis", "prolapse", "infection", "incontinence"):
        assert word not in page.lower()


def test_the_page_for_her_clinician_says_how_the_program_decides(as_mother, mother, program):
    make_enrollment(mother, birth_mode="cesarean", clearance="not_yet_late", bladder="leak_some")
    page = as_mother.get(reverse("summary")).content.decode()
    for words in (
        "12-week postpartum program, version 0.1.0.",
        "signed off by a registered pelvic health physiotherapist",
        "Cleared after 4 check-ins in a row without.",
        "Phase 2 opens at day 56",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("days", "words"), [(1, "(1 day ago)"), (5, "(5 days ago)"), (13, "(13 days ago)"), (14, "(2 weeks ago)")]
)
def test_the_clinician_reads_the_days_of_the_first_two_weeks(as_mother, mother, program, days, words):
    make_enrollment(mother, days_since_birth=days)
    assert words in as_mother.get(reverse("summary")).text


def test_the_clinician_reads_the_exercises_that_her_own_sessions_have(as_mother, mother, program):
    mine = make_enrollment(mother, days_since_birth=40, birth_mode="cesarean")
    in_week(mine, 4)
    exercises = squeezed(as_mother.get(reverse("summary")).text).partition("Exercises of this week")[2]
    assert "Deep Core Hug" in exercises
    assert "Hands-and-Knees Belly Lift" not in exercises


def test_after_another_birth_the_clinician_reads_nothing_of_cesareans(as_mother, enrollment):
    assert "cesarean" not in as_mother.get(reverse("summary")).content.decode().lower()


def test_what_the_words_without_a_baby_are_for_stands_beside_the_choice(as_mother, enrollment):
    assert "during a hospital stay, after surrogacy" in as_mother.get(reverse("change")).content.decode()


def test_without_a_program_the_page_of_changes_leads_to_where_one_begins(as_mother):
    assert as_mother.get(reverse("change")).url == reverse("today")


def test_of_two_values_side_by_side_the_higher_one_is_printed():
    drawn = plot(
        "", [(0, "0"), (3, "3")], ("", ""), [(0, 1, ""), (40, 1, ""), (41, 3, ""), (42, 1, "")], [], 84
    )

    assert [dot.printed for dot in drawn.dots] == ["1", "", "3", ""]


def test_the_date_of_the_birth_can_be_corrected(as_mother, mother, program):
    enrollment = make_enrollment(mother, timezone.now() - 9 * DAY)
    page = as_mother.get(reverse("change")).text
    assert date_format(enrollment.birth_date, "DATE_FORMAT") in page

    as_mother.post(reverse("start_again"), {"scope": "whole"})
    first = as_mother.get(reverse("start_step", args=[2])).context["form"]
    day = enrollment.birth_date - 3 * DAY
    as_mother.post(reverse("start_step", args=[2]), {"birth_date": day.isoformat()})

    assert first.initial["birth_date"] == enrollment.birth_date
    assert Screening.objects.get(completed_at=None).birth_date == day
