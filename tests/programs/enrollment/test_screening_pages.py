"""Her way in: the screening's steps, kept answers, and what it leads to."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from programs.forms.screening import STEPS
from programs.models import Concern, Enrollment, SafetyHold, Screening
from programs.rules.screening import ASKED_IN_PREGNANCY, QUESTIONS
from programs.wording.screening_parts import REASON_WORDS
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


def page_of(client, step, query=""):
    """The words of one part."""
    return client.get(reverse("start_step", args=[step]) + query).content.decode()


def answer_everything(client, birth_date, **changed):
    """Walk all parts; `changed` holds other answers than the clear ones. Returns the last response."""
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
    page = as_mother.get(reverse("start"), follow=True).content.decode()
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
    assert "Please agree first" in response.content.decode()
    assert not Enrollment.objects.exists()


def test_enrolling_twice_is_one_enrollment(as_mother, mother):
    make_screening(mother, timezone.now())
    for _ in range(2):
        as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Enrollment.objects.count() == 1


def test_an_emergency_shows_help_at_once_and_opens_a_concern_at_the_end(as_mother):
    response = answer(as_mother, 1, now=["chest_pain"])  # the other questions are still open
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
    response = answer(as_mother, 1, country="CA", self_safety="yes_at_risk", unreal="no")
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
    answer(as_mother, 2, pregnant="on")
    again = Screening.objects.get(completed_at=None)
    assert again.answers["time_since_birth"] == "pregnant"
    for step in (1, 4):
        answer(as_mother, step, **step_answers(step, timezone.localdate()))
    as_mother.post(reverse("enroll"), {"agreed": "on"})
    assert Screening.objects.filter(completed_at=None).count() == 0
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize(
    ("birth_date", "words"),
    [
        ("1900-01-01", "check the year"),
        ("2999-01-01", "in the future"),
        ("yesterday", "Please write the date like 2026-11-30"),
        ("", "Please give the date of the birth"),
    ],
)
def test_a_wrong_birth_date_is_told_and_the_rest_is_kept(as_mother, birth_date, words):
    response = answer(as_mother, 2, birth_date=birth_date, birth_mode="cesarean")
    assert response.status_code == (422 if birth_date else 302)
    page = response.content.decode() if birth_date else as_mother.get(response.url).content.decode()
    assert words in page
    screening = Screening.objects.get()
    assert (screening.birth_date, screening.answers) == (None, {"birth_mode": "cesarean"})
    assert not birth_date or f'value="{birth_date}"' in page


def test_none_of_these_stands_alone(as_mother):
    response = answer(as_mother, 1, today=["none", "fever"], unreal="no")
    assert response.status_code == 422
    assert "keep only what fits" in response.content.decode()
    assert Screening.objects.get().answers == {"unreal": "no"}


def test_a_single_tap_is_kept_before_the_step_is_sent(as_mother):
    url = reverse("start_step", args=[1])
    assert as_mother.post(url, {"unreal": "no"}, headers={"X-Keep-Only": "1"}).status_code == 204
    assert Screening.objects.get().answers == {"unreal": "no"}
    assert "checked" in as_mother.get(url).content.decode()


def test_going_back_keeps_what_was_answered(as_mother):
    response = as_mother.post(reverse("start_step", args=[3]), {"bladder": "fine", "go": "back"})
    assert response.url == reverse("start_step", args=[2])
    assert Screening.objects.get().answers == {"bladder": "fine"}


def test_a_gap_is_asked_again_never_passed_over(as_mother):
    today = timezone.localdate()
    for step in range(2, len(STEPS) + 1):
        response = answer(as_mother, step, **step_answers(step, today - timedelta(days=112)))
    assert response.url == reverse("start_step", args=[1]) + "?open"
    assert page_of(as_mother, 1, "?open").count("ask-error") == 4
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
    with django_assert_num_queries(
        6 if step == 1 else 3
    ):  # the first offers countries and says who it is for
        as_mother.get(reverse("start_step", args=[step]))


def test_what_is_missing_is_marked_at_its_place_and_the_first_is_scrolled_to(as_mother):
    given = step_answers(3, timezone.localdate()) | {"heaviness": "mild"}
    response = answer(as_mother, 3, **{name: given[name] for name in given if name not in {"bowel", "pain"}})

    assert response.url == reverse("start_step", args=[3]) + "?open"
    page = as_mother.get(response.url).content.decode()
    assert re.findall(r'class="ask-error" id="id_(\w+)_error"', page) == ["bowel", "pain"]
    [first] = [tag for tag in re.findall(r"<input[^>]*>", page) if "autofocus" in tag and "_0" in tag]
    assert 'name="bowel"' in first
    assert re.search(r'name="heaviness"[^>]*value="mild"[^>]*checked', page)


def test_enter_goes_on_and_never_back(as_mother):
    page = page_of(as_mother, 2)

    assert re.findall(r'<button[^>]*name="go" value="(\w+)"', page) == ["on", "help", "back"]


def test_sent_twice_it_is_finished_once(as_mother):
    answer_everything(as_mother, timezone.localdate() - timedelta(days=112))

    again = answer(as_mother, 4, **step_answers(4, None))

    assert again.url == reverse("start_result")
    assert as_mother.get(reverse("start_step", args=[4])).url == reverse("start_result")
    assert Screening.objects.count() == 1


def test_a_sign_taken_back_is_gone(as_mother):
    answer(as_mother, 1, today=["fever"])
    assert Screening.objects.get().answers == {"today": ["fever"]}

    answer(as_mother, 1)

    assert Screening.objects.get().answers == {}


def test_a_tap_on_a_sign_of_an_emergency_is_answered_with_whom_to_call(as_mother, mother, canada):
    tap = {"now": ["chest_pain"], "country": "CA"}
    answered = as_mother.post(reverse("start_step", args=[1]), tap, headers={"X-Keep-Only": "1"})

    assert answered.status_code == 200
    assert 'href="tel:911"' in answered.text
    assert "Emergency, Canada" in answered.text
    assert not SafetyHold.objects.exists()  # a slip of the thumb can still be taken back
    answer(as_mother, 1, **tap)
    assert SafetyHold.objects.get().outcome == "emergency"


def test_after_help_the_questions_left_open_come_first_and_then_the_next_part(as_mother):
    answer(as_mother, 1, now=["chest_pain"])
    assert f'href="{reverse("start_step", args=[1])}">Continue with' in as_mother.get("/start/1/help/").text

    answer(as_mother, 1, **step_answers(1, None) | {"now": ["chest_pain"]})
    assert f'href="{reverse("start_step", args=[2])}">Continue with' in as_mother.get("/start/1/help/").text


class TestPregnant:
    """Who has not given birth yet is not asked about a birth, and is sent on to something kind."""

    @pytest.fixture
    def asked(self, as_mother):
        """The parts that are asked, until the result."""
        answer(as_mother, 1, **step_answers(1, None))
        asked, response = [2], answer(as_mother, 2, pregnant="on")
        while response.url != reverse("start_result"):
            asked.append(int(response.url.rstrip("/").rsplit("/", 1)[-1]))
            assert "<legend>" in as_mother.get(response.url).text
            response = answer(as_mother, asked[-1], mood="rarely")
        return asked

    def test_only_safety_and_mood_are_asked(self, as_mother, asked):
        assert asked == [2, 4]
        screening = Screening.objects.get()
        assert set(screening.answers) == set(ASKED_IN_PREGNANCY)
        assert (screening.disposition, screening.flags) == ("wait_clinician", ["not_postpartum"])

    def test_the_result_ends_in_something_to_do(self, as_mother, asked):
        page = as_mother.get(reverse("start_result")).text

        assert "This program begins after the birth" in page
        assert f'btn-primary btn-large btn-block" href="{reverse("breathe")}"' in page
        assert page.count("btn-primary") == 1
        as_mother.post(reverse("enroll"), {"agreed": "on"})
        assert not Enrollment.objects.exists()

    def test_a_sign_that_needs_a_call_today_still_does(self, as_mother):
        answer(as_mother, 1, **step_answers(1, None) | {"today": ["fever"]})
        answer(as_mother, 2, pregnant="on")
        answer(as_mother, 4, mood="most")

        page = as_mother.get(reverse("start_result")).text
        assert "Please call today" in page
        assert "Because of your fever, or feeling ill all over." in page
        assert Concern.objects.exists()

    def test_after_the_birth_everything_is_asked(self, as_mother, asked):
        as_mother.post(reverse("start_again"))
        answer_everything(as_mother, timezone.localdate() - timedelta(days=20))

        assert len(Screening.objects.filter(completed_at__isnull=False)) == 2
        as_mother.post(reverse("enroll"), {"agreed": "on"})
        assert Enrollment.objects.exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"today": ["leg_clot"]}, "Because of the pain or swelling in your leg."),
        ({"heaviness": "bulge", "bladder": "leak_some"}, "Because of the bulge you feel."),
        (
            {"birth_mode": "cesarean", "pain": "p4_6", "wound": "sore"},
            "Because of your cesarean, your pain of 4 to 6 and your sore scar or stitches.",
        ),
    ],
)
def test_a_result_says_what_it_rests_on(as_mother, mother, answers, words):
    make_screening(mother, timezone.now(), **answers)

    assert words in as_mother.get(reverse("start_result")).text


def test_every_answer_that_changes_the_result_has_its_words():
    deciding = {(q.id, o.id) for q in QUESTIONS for o in q.options if o.disposition != "start"}

    assert set(REASON_WORDS) == deciding


def test_answers_stand_with_their_questions(as_mother, mother):
    make_screening(mother, timezone.now(), bladder="leak_some")
    page = re.sub(r"\s+", " ", as_mother.get(reverse("start_result")).text)

    assert page.count("<dt> How is your bladder? </dt>") == 2  # among what is changed, and among all
    assert page.count("<dt>") == 1 + len(QUESTIONS)


@pytest.mark.parametrize(
    ("zone", "chosen"), [("America/Toronto", ["CA"]), ("UTC", [""]), ("Europe/Vilnius", [])]
)
def test_the_country_of_the_time_zone_is_offered_and_never_taken_unasked(
    as_mother, mother, canada, zone, chosen
):
    mother.time_zone = zone
    mother.save()
    page = page_of(as_mother, 1)

    assert re.findall(r'<option value="(\w*)"[^>]* selected', page) == chosen
    assert Screening.objects.get().participant.country is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    """On a phone, by taps."""

    @pytest.fixture
    def part(self, page, live_server, mother, sign_in, canada):
        """The first part, in the member's hand."""
        sign_in(page.context, mother)
        page.goto(f"{live_server.url}/start/")
        return page

    def test_none_of_these_is_under_the_thumb_and_stands_alone(self, part):
        none = part.locator("label:has([name=now][value=none])")
        box = none.bounding_box()
        part.locator("fieldset").first.scroll_into_view_if_needed()
        assert part.locator("[name=now]").first.evaluate("one => one.getBoundingClientRect().top > 0")
        part.locator("fieldset legend").first.evaluate("one => one.scrollIntoView()")
        box = none.bounding_box()
        assert 740 * 0.5 < box["y"] < 740 - 60

        part.locator("label:has([name=today][value=fever])").click()
        part.locator("label:has([name=today][value=none])").click()
        assert part.locator("[name=today]:checked").evaluate_all("all => all.map(one => one.value)") == [
            "none"
        ]

    def test_help_appears_the_moment_a_sign_is_tapped(self, part, canada):
        part.get_by_label("Where do you live?").select_option("CA")
        with part.expect_response("**/start/1/"):
            part.locator("label:has([name=now][value=chest_pain])").click()

        part.get_by_role("link", name=re.compile("911")).first.wait_for()
        assert part.get_by_role("button", name="Continue").count() == 0
        part.get_by_role("button", name="Get help now").click()
        part.wait_for_url("**/start/1/help/")

    def test_pregnant_hides_what_cannot_apply(self, part, live_server):
        part.goto(f"{live_server.url}/start/2/")
        assert part.locator("fieldset:visible").count() == 5
        part.get_by_text("I am pregnant now").click()
        assert part.locator("fieldset:visible").count() == 0

    def test_back_in_the_browser_never_asks_to_send_again(self, part, live_server):
        part.get_by_role("button", name="Continue").click()
        part.locator(".ask-error").first.wait_for()
        assert "?open" in part.url
        part.locator("fieldset").evaluate_all(
            "all => all.forEach(one => one.querySelector('input:is([value=none], [value=no])').click())"
        )
        part.get_by_role("button", name="Continue").click()
        part.wait_for_url("**/start/2/")
        part.go_back()
        part.get_by_role("heading", name="First, your safety").wait_for()
        assert part.locator("input:checked").count() == 4

    def test_everybody_can_use_each_part_and_its_result(
        self, part, live_server, mother, assert_everybody_can_use
    ):
        for step in range(1, len(STEPS) + 1):
            part.goto(f"{live_server.url}/start/{step}/?open")
            for width in (320, 1280):
                assert_everybody_can_use(part, width)
        Screening.objects.all().delete()
        make_screening(mother, timezone.now(), birth_mode="cesarean", wound="mild", mood="most")
        part.goto(f"{live_server.url}/start/result/")
        assert_everybody_can_use(part, 320)

    def test_the_next_step_is_in_the_first_view(self, part, live_server, mother):
        Screening.objects.all().delete()
        make_screening(mother, timezone.now(), birth_mode="cesarean", wound="sore", pain="p4_6")
        part.goto(f"{live_server.url}/start/result/")
        for shown in (part.locator("#consent").bounding_box(), part.locator("[name=agreed]").bounding_box()):
            assert shown["y"] + shown["height"] <= 740


def test_what_is_missing_is_asked_for_in_words_that_fit_the_question(as_mother):
    answer(as_mother, 2, birth_mode="vaginal")
    html = page_of(as_mother, 1, "?open")
    page = BeautifulSoup(html, "html.parser")
    errors = {name: page.select_one(f"#id_{name}_error").text for name in STEPS[0]}
    assert errors["now"] == errors["today"] == "Please pick all that fit, or “None of these.”"
    assert errors["self_safety"] == errors["unreal"]
    assert errors["unreal"].startswith("Please answer this one, too.")
    assert "closest" not in html
    assert "closest" in page_of(as_mother, 2, "?open")
