"""Her way in: the screening's steps, kept answers, and what it leads to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.forms.screening import STEPS
from programs.models import Concern, Enrollment, SafetyHold, Screening
from programs.rules.screening import QUESTIONS
from tests.cast import CLEAR_ANSWERS, make_screening


@pytest.fixture(autouse=True)
def _with_program(program):
    """Every page here needs the published program."""


def answer(client, step, **answers):
    """Send one step as the page's form would."""
    return client.post(reverse("start_step", args=[step]), {"go": "on", **answers})


def step_answers(step, birth_date):
    """The clear answers of one step, as form data."""
    data = {
        question: CLEAR_ANSWERS[question] for question in STEPS[step - 1] if question != "time_since_birth"
    }
    return data | ({"birth_date": birth_date.isoformat()} if "time_since_birth" in STEPS[step - 1] else {})


def answer_everything(client, birth_date, **changed):
    """Walk all steps; `changed` holds other answers than the clear ones. Returns the last response."""
    for step in range(1, len(STEPS) + 1):
        data = step_answers(step, birth_date)
        response = answer(client, step, **data | {q: a for q, a in changed.items() if q in STEPS[step - 1]})
    return response


def test_the_steps_hold_each_question_once():
    asked = [question for step in STEPS for question in step]
    assert sorted(asked) == sorted(question.id for question in QUESTIONS)


def test_all_clear_leads_into_week_1(as_mother, mother):
    response = answer_everything(as_mother, timezone.localdate() - timedelta(days=112))
    assert response.url == reverse("start_result")
    assert "You can start" in as_mother.get(reverse("start_result")).content.decode()
    assert as_mother.post(reverse("enroll"), {"agreed": "on"}).url == reverse("today")
    enrollment = Enrollment.objects.get()
    assert (enrollment.participant.user, enrollment.week, enrollment.state) == (mother, 1, "active")
    assert "I gave birth" in enrollment.consent_text
    assert not Concern.objects.exists()


def test_whom_the_program_is_for_is_told_before_the_first_question(as_mother):
    page = as_mother.get(reverse("start")).content.decode()
    assert "Adults who gave birth 2 weeks ago or more" in page
    assert "It is not for: pregnancy, treatment of an injury or illness, anyone under 18" in page


@pytest.mark.parametrize(("birth", "is_told"), [("cesarean", True), ("vaginal", False)])
def test_after_a_cesarean_what_helps_stands_with_the_result(as_mother, mother, birth, is_told):
    make_screening(mother, timezone.now(), birth_mode=birth, **({"wound": "mild"} if is_told else {}))
    page = as_mother.get(reverse("start_result")).content.decode()
    assert ("Hold a pillow on the scar" in page) is is_told


def test_without_consent_nobody_is_enrolled(as_mother, mother):
    make_screening(mother, timezone.now())
    response = as_mother.post(reverse("enroll"), {}, follow=True)
    assert "Please tick the box" in response.content.decode()
    assert not Enrollment.objects.exists()


def test_enrolling_twice_is_one_enrollment(as_mother, mother):
    make_screening(mother, timezone.now())
    for _ in range(2):
        as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Enrollment.objects.count() == 1


def test_an_emergency_shows_help_at_once_and_opens_a_concern_at_the_end(as_mother):
    response = answer(as_mother, 1, now=["chest_pain"])
    assert response.url == reverse("start_help", args=[1])
    page = as_mother.get(response.url).content.decode()
    assert "Get help now" in page
    assert "emergency number" in page
    answer_everything(as_mother, timezone.localdate() - timedelta(days=112), now=["chest_pain"])
    assert Screening.objects.get().disposition == "urgent_now"
    assert Concern.objects.get().urgency == "emergency"
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert not Enrollment.objects.exists()


def test_a_crisis_shows_someone_to_talk_to_in_her_country(as_mother, mother, canada):
    as_mother.post(reverse("start"), {"country": "CA"})
    response = answer(as_mother, 3, self_safety="yes_at_risk", unreal="no")
    page = as_mother.get(response.url).content.decode()
    assert "You deserve support right now" in page
    assert "call or text 988" in page


def test_waiting_for_a_check_opens_breathing_only(as_mother):
    answer_everything(as_mother, timezone.localdate() - timedelta(days=150), heaviness="bulge")
    assert Concern.objects.get().code == "screening_wait_clinician"
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert SafetyHold.objects.get().outcome == "pause_clinician"
    assert as_mother.get(reverse("session", args=["w01-a"])).status_code == 403
    assert as_mother.get(reverse("session", args=["rest"])).status_code == 200


def test_pregnant_again_is_not_enrolled(as_mother):
    answer_everything(as_mother, timezone.localdate())
    as_mother.post(reverse("start_again"))
    answer(as_mother, 4, pregnant="on", birth_mode="vaginal")
    again = Screening.objects.get(completed_at=None)
    assert again.answers["time_since_birth"] == "pregnant"
    for step in range(1, len(STEPS) + 1):
        if step != 4:
            answer(as_mother, step, **step_answers(step, timezone.localdate()))
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Screening.objects.filter(completed_at=None).count() == 0
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize(
    ("birth_date", "words"),
    [
        ("1900-01-01", "check the year"),
        ("2999-01-01", "in the future"),
        ("yesterday", "Enter a valid date"),
        ("", "Please give the date of the birth"),
    ],
)
def test_a_wrong_birth_date_is_told_and_the_rest_is_kept(as_mother, birth_date, words):
    response = answer(as_mother, 4, birth_date=birth_date, birth_mode="cesarean")
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    screening = Screening.objects.get()
    assert (screening.birth_date, screening.answers) == (None, {"birth_mode": "cesarean"})
    assert f'value="{birth_date}"' in page


def test_none_of_these_stands_alone(as_mother):
    response = answer(as_mother, 2, today=["none", "fever"])
    assert "keep only what fits" in response.content.decode()
    assert Screening.objects.get().answers == {}


def test_a_single_tap_is_kept_before_the_step_is_sent(as_mother):
    url = reverse("start_step", args=[3])
    assert as_mother.post(url, {"unreal": "no"}, headers={"X-Keep-Only": "1"}).status_code == 204
    assert Screening.objects.get().answers == {"unreal": "no"}
    assert "checked" in as_mother.get(url).content.decode()


def test_going_back_keeps_what_was_answered(as_mother):
    response = as_mother.post(reverse("start_step", args=[3]), {"unreal": "no", "go": "back"})
    assert response.url == reverse("start_step", args=[2])
    assert Screening.objects.get().answers == {"unreal": "no"}


def test_a_gap_is_asked_again_never_passed_over(as_mother):
    today = timezone.localdate()
    for step in range(2, len(STEPS) + 1):
        response = answer(as_mother, step, **step_answers(step, today - timedelta(days=112)))
    assert response.url == reverse("start_step", args=[1])
    assert Screening.objects.get().completed_at is None


def test_the_screening_of_another_is_out_of_reach(as_mother, other_mother):
    make_screening(other_mother, timezone.now(), heaviness="bulge")
    assert as_mother.get(reverse("start_result")).url == reverse("start")


def test_answering_again_keeps_the_birth_and_asks_the_body_afresh(as_mother, mother):
    make_screening(mother, timezone.now(), heaviness="bulge", birth_mode="cesarean")
    as_mother.post(reverse("start_again"))
    again = Screening.objects.get(completed_at=None)
    assert again.answers["birth_mode"] == "cesarean"
    assert "heaviness" not in again.answers
    assert again.birth_date


@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_each_step_asks_a_fixed_number_of_queries(as_mother, mother, django_assert_num_queries, step):
    as_mother.post(reverse("start_step", args=[step]), {"go": "back"})
    with django_assert_num_queries(4):
        as_mother.get(reverse("start_step", args=[step]))
