"""The program as a way: weeks in their phase, sessions in their week, and a member's own place."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from programs.facts.standing import plan_for
from programs.models import Enrollment, Screening
from programs.pages.catalogue import published_plan
from programs.pages.program_way import Stage, place_of, way_of
from programs.rules.schedule import VAGINAL_GATES
from programs.services.pause import pause
from tests.markup import squeezed
from tests.programs.journey.conftest import before, do_session

pytestmark = pytest.mark.django_db


def stages(page, week):
    """The stage of a week, and of each of its sessions."""
    before, after = re.split(rf"Week {week}\b", page, maxsplit=1)
    found = before.rsplit('<li class="way-', 1)[1].split('"')[0]
    sessions = after.split('class="way-sessions"')[1].split("</ul>")[0]
    return found, re.findall("leaf-([a-z]+)", sessions)


def test_every_session_stands_in_its_week_and_every_phase_has_a_figure(program):
    plan = published_plan()
    way = way_of(plan)
    assert [week.week.number for phase in way for week in phase.weeks] == list(range(1, 13))
    assert all(len(week.sessions) == 3 for phase in way for week in phase.weeks)
    assert [phase.figure.slug for phase in way] == [
        "deep-core-hug",
        "bridge",
        "hover-squat",
        "single-leg-sit-to-stand",
    ]


def test_for_visitors_the_first_week_is_open_and_all_is_ahead(client, program):
    page = squeezed(client.get("/program/").text)
    assert page.count("<details open>") == 1
    assert "leaf-done" not in page
    assert "You’re here" not in page
    assert stages(page, 1) == ("ahead", ["ahead"] * 3)
    assert "Start the program" in page


def test_a_member_sees_where_the_way_has_come_to(as_mother, enrollment, django_assert_max_num_queries):
    Enrollment.objects.update(week=3)
    do_session(Enrollment.objects.get(), "w03-a", timezone.now())
    with django_assert_max_num_queries(8):
        page = squeezed(as_mother.get("/program/").text)
    assert "Go to week 3" in page
    assert page.count("<details open>") == 1
    assert stages(page, 2) == ("done", ["done"] * 3)
    assert stages(page, 3) == ("now", ["done", "now", "ahead"])
    assert stages(page, 4) == ("ahead", ["ahead"] * 3)


def test_at_the_end_everything_is_done_and_in_a_break_the_place_stays(as_mother, enrollment):
    pause(enrollment, timezone.now())
    assert "Go to week 1" in as_mother.get("/program/").text
    Enrollment.objects.update(state="completed", week=12)
    page = squeezed(as_mother.get("/program/").text)
    assert {stages(page, week)[0] for week in range(1, 13)} == {Stage.DONE}
    assert "Go to Today" in page


def test_whoever_left_or_never_began_sees_the_way_ahead(as_mother, enrollment, other_mother):
    Enrollment.objects.update(state="withdrawn")
    assert "Start the program" in as_mother.get("/program/").text
    member = Client()
    member.force_login(other_mother)
    assert "Start the program" in member.get("/program/").text


def test_no_figure_or_word_of_a_baby_for_whoever_has_none_here(as_mother, mother, enrollment):
    mother.participant.baby_not_with_me = True
    mother.participant.save()
    assert "when you feed" not in as_mother.get("/program/").text
    assert "when you feed" in Client().get("/program/").text


def test_a_member_sees_from_which_day_a_phase_may_open_where_time_alone_opens_it(as_mother, enrollment):
    born = timezone.localdate() - timedelta(days=35)
    Enrollment.objects.update(birth_date=born)
    page = squeezed(as_mother.get("/program/").text)
    day = born + timedelta(days=VAGINAL_GATES[4])
    assert f"Opens for you on {date_format(day)} at the earliest." in page
    assert page.count("Opens for you on") == 3  # the first phase is open
    Screening.objects.update(flags=["tear_unknown"])  # only a check opens the later phases
    page = squeezed(as_mother.get("/program/").text)
    assert "Opens for you on" not in page
    assert "weeks after a cesarean" in page


def test_visitors_see_no_day(client, program):
    assert "Opens for you on" not in client.get("/program/").text


def test_what_is_done_may_be_done_again_and_changes_nothing_about_the_place(as_mother, enrollment):
    Enrollment.objects.update(week=3)
    page = as_mother.get("/program/").text
    assert f'href="{reverse("session", args=["w02-a"])}"' in page
    assert f'href="{reverse("session", args=["w04-a"])}"' not in page
    before(enrollment, timezone.now(), "w02-a")
    assert as_mother.get(reverse("session", args=["w02-a"])).status_code == 200
    enrollment.refresh_from_db()
    do_session(enrollment, "w02-a", timezone.now())
    assert Enrollment.objects.get().week == 3
    assert not any(one.done for one in place_of(enrollment, plan_for(enrollment)).facts.sessions)
