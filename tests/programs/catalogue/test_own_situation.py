"""The library speaks of a signed-in member's own situation first, and stays the same for everybody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Decision, Enrollment
from tests.cast import make_screening
from tests.markup import squeezed
from tests.programs.journey.conftest import before

pytestmark = pytest.mark.django_db
FIRST = "First, about you"


def page_of(client, slug="bridge"):
    return squeezed(client.get(reverse("exercise", args=[slug])).text)


def test_a_held_member_reads_of_her_hold_before_the_instructions(as_mother, enrollment):
    assert FIRST not in page_of(as_mother)
    before(enrollment, timezone.now(), redFlags=["fever"])
    response = as_mother.get(reverse("exercise", args=["bridge"]))
    page = squeezed(response.text)
    assert page.index("Your program waits for a check") < page.index("How to do it")
    assert reverse("hold") in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Your program waits for a check" in squeezed(as_mother.get(reverse("exercises")).text)


def test_in_an_emergency_and_on_a_day_of_rest_it_says_so(as_mother, enrollment):
    before(enrollment, timezone.now(), heaviness=2)
    assert "today is for resting" in page_of(as_mother)
    before(enrollment, timezone.now(), redFlags=["chest_pain"])
    assert "Please do not exercise until someone has looked after you" in page_of(as_mother)


def test_a_flag_that_changes_the_exercise_comes_first_and_nothing_harder_is_offered(as_mother, enrollment):
    Enrollment.objects.update(safety_flags=["pelvic_pain"])
    page = page_of(as_mother, "suitcase-march")
    assert page.index("this exercise is changed in your sessions") < page.index("How to do it")
    assert "<dt>Harder</dt>" not in page


def test_the_program_speaks_of_her_hold_and_her_flags_before_its_weeks(as_mother, enrollment):
    address = reverse("program")
    assert FIRST not in as_mother.get(address).text
    Enrollment.objects.update(safety_flags=["doming"])
    page = squeezed(as_mother.get(address).text)
    assert page.index("your sessions are changed") < page.index('class="way"')
    before(enrollment, timezone.now(), redFlags=["fever"])
    page = squeezed(as_mother.get(address).text)
    assert page.index("Your program waits for a check") < page.index('class="way"')


def test_a_member_whose_first_screening_asks_for_a_check_reads_so(as_mother, mother, program):
    make_screening(mother, timezone.now(), tear="oasi_wait")
    assert "Your program waits for a check" in page_of(as_mother)


def test_harder_is_shown_to_visitors_and_to_a_member_only_as_in_a_session(client, mother, enrollment):
    assert "<dt>Harder</dt>" in page_of(client)
    client.force_login(mother)
    assert "<dt>Harder</dt>" not in page_of(client)


def test_for_visitors_the_page_costs_nothing_more(client, program, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = client.get(reverse("exercise", args=["bridge"]))
    assert FIRST not in response.text
    assert "Cookie" not in response.headers.get("Vary", "")


def test_at_week_12_the_plan_to_keep_strong_is_open_while_the_gate_for_a_look_stays(as_mother, enrollment):
    Enrollment.objects.update(week=12)
    Decision.objects.create(
        enrollment=enrollment, made_at=timezone.now(), outcome="hold_gate", rule="PR-15", facts={},
        advice=["SYMPTOM_GATE", "SEE_PELVIC_PT"], from_week=12, to_week=12, rules_version="2.0",
    )  # fmt: skip
    page = squeezed(as_mother.get(reverse("decisions")).text)
    assert "Keep one pelvic floor round a day and two strength days a week" in page
    assert "All 12 weeks done, and one look to come" in page
    before(enrollment, timezone.now(), "w12-a")
    assert as_mother.get(reverse("session", args=["w12-a"])).status_code == 200
