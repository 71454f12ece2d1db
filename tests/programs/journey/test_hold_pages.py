"""The way out of a hold on its page: what the rule needs is asked, nothing else opens a door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import latest_date
from programs.forms.screening import STEPS
from programs.models import Clearance, Enrollment, SafetyHold, ScreeningScope
from tests.cast import CLEAR_ANSWERS, make_enrollment
from tests.programs.journey.conftest import before, do_session
from tests.programs.journey.test_check_in_pages import ALL_WELL
from tests.programs.journey.test_holds import emergency, held, in_week, screened

DAY = timedelta(days=1)
HOLD = "hold"


def hold_page(client):
    """The page of the hold in force."""
    return client.get(reverse(HOLD)).content.decode()


def day(days_ago=0):
    """A date as a form brings it."""
    return (timezone.localdate() - timedelta(days=days_ago)).isoformat()


def answer_all(client, scope="whole", **changes):
    """The screening answered from its first step to its last."""
    address = client.post(reverse("start_again"), {"scope": scope}).url
    for _ in range(len(STEPS)):
        step = int(address.rstrip("/").rsplit("/", 1)[-1])
        answers = {name: (CLEAR_ANSWERS | changes).get(name) for name in STEPS[step - 1]}
        answers |= {"birth_date": day(112)} if "time_since_birth" in answers else {}
        address = client.post(address, {key: value for key, value in answers.items() if value}).url
        if "result" in address:
            break
    return address


def test_without_a_hold_there_is_nothing_to_open(as_mother, enrollment):
    assert as_mother.get(reverse(HOLD)).url == reverse("today")


def test_a_bulge_asks_for_a_check_and_for_what_was_said(as_mother, enrollment):
    do_session(enrollment, "w01-a", timezone.now() - DAY, heaviness=3)
    page = hold_page(as_mother)
    assert "When was your pelvic health or medical check?" in page
    assert "A clinician agreed: exercise with a bulge is fine" in page
    assert "advice" not in page.split("<form")[2]
    response = as_mother.post(reverse(HOLD), {"check_done_on": day(), "agreed_symptoms": "bulge"})
    assert response.url == reverse("decisions")
    assert not held(enrollment)
    assert Clearance.objects.get().code == "bulge"
    assert "The program is open again" in as_mother.get(response.url).content.decode()


def tomorrow_everywhere():
    """A date that no place on Earth has reached: a member may have flown to where it is tomorrow already."""
    return (latest_date(timezone.now()) + DAY).isoformat()


@pytest.mark.parametrize(
    ("date", "words"), [(tomorrow_everywhere, "in the future"), (lambda: day(3), "before the pause began")]
)
def test_only_a_check_since_the_pause_counts(as_mother, enrollment, date, words):
    do_session(enrollment, "w01-a", timezone.now() - DAY, heaviness=3)
    response = as_mother.post(reverse(HOLD), {"check_done_on": date()})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert held(enrollment)


def test_an_empty_answer_opens_nothing(as_mother, enrollment):
    before(enrollment, timezone.now(), redFlags=["fever"])
    as_mother.post(reverse(HOLD), {})
    assert held(enrollment)


def test_an_empty_answer_is_not_called_saved(as_mother, enrollment):
    before(enrollment, timezone.now(), redFlags=["fever"])
    page = as_mother.post(reverse(HOLD), {}, follow=True).content.decode()
    assert "Nothing was changed." in page
    assert "Saved." not in page
    page = as_mother.post(reverse(HOLD), {"advice_on": day()}, follow=True).content.decode()
    assert "Saved. Below is what is still open." in page


def test_once_the_day_is_given_the_day_it_is_done_is_named(as_mother, enrollment):
    before(enrollment, timezone.now(), redFlags=["fever"])
    assert "You tell us below since which day." in hold_page(as_mother)
    told = {"sign_gone_on": day()}
    as_mother.post(reverse(HOLD), told)
    page = hold_page(as_mother)
    assert f"this is done on {timezone.localdate() + 3 * DAY:%A, %B} " in page
    assert "You tell us below since which day." not in page
    assert "Nothing was changed." in as_mother.post(reverse(HOLD), told, follow=True).content.decode()


def test_what_was_not_asked_opens_nothing(as_mother, enrollment):
    before(enrollment, timezone.now(), redFlags=["fever"])
    as_mother.post(reverse(HOLD), {"check_done_on": day(), "safe_and_supported": "on", "contacted_on": day()})
    assert SafetyHold.objects.get().met == {}


def test_an_emergency_opens_with_a_clinician_and_all_questions(as_mother, enrollment):
    in_week(enrollment, 3)
    emergency(enrollment, timezone.now(), redFlags=["chest_pain"])
    main = hold_page(as_mother).split("<main")[1]
    assert main.index("Get help now") < main.index("112") < main.index("A clinician has seen me")
    as_mother.post(reverse(HOLD), {"clinician_agreed_on": day()})
    assert held(enrollment)
    assert answer_all(as_mother) == reverse("start_result")
    assert not held(enrollment)
    enrollment.refresh_from_db()
    assert enrollment.week == 2


def test_thoughts_of_harm_open_with_the_two_questions_and_a_check_in(as_mother, enrollment):
    emergency(enrollment, timezone.now() - timedelta(hours=25), mood="not_safe")
    page = hold_page(as_mother)
    assert "thoughts of hurting yourself or your baby" in page
    assert reverse("check_in") in page
    told = {"safe_and_supported": "on", "self_safety": "yes_supported", "unreal": "no"}
    as_mother.post(reverse(HOLD), told)
    assert "Who have you spoken with since?" in hold_page(as_mother)
    as_mother.post(reverse(HOLD), told | {"spoke_with": "therapist"})
    assert held(enrollment)
    taps = {"redFlags": "none", "mood": "low", "energy": "1", "sleep": "4to6"}
    as_mother.post(reverse("check_in"), {"client_id": str(uuid4()), **ALL_WELL, **taps})
    assert not held(enrollment)


def test_the_sign_must_have_been_gone_long_enough(as_mother, enrollment):
    before(enrollment, timezone.now() - 4 * DAY, redFlags=["fever"])
    answer_all(as_mother)
    as_mother.post(reverse(HOLD), {"advice_on": day(2), "sign_gone_on": day(1)})
    assert held(enrollment)
    assert "48 hours" in hold_page(as_mother)
    as_mother.post(reverse(HOLD), {"sign_gone_on": day(3)})
    assert not held(enrollment)


def test_while_held_only_all_questions_are_asked(as_mother, enrollment):
    before(enrollment, timezone.now() - DAY, redFlags=["fever"])
    as_mother.post(reverse("start_again"), {"scope": "short"})
    assert enrollment.participant.screenings.get(completed_at=None).scope == "whole"


def test_an_emergency_in_the_middle_of_the_questions_holds_at_once(as_mother, enrollment):
    address = as_mother.post(reverse("start_again"), {"scope": "short"}).url
    response = as_mother.post(address, {"now": ["chest_pain"]})
    assert response.url == reverse("start_help", args=[1])
    hold = SafetyHold.objects.get()
    assert (hold.outcome, hold.rules_matched, hold.red_flags) == ("emergency", ["SCREEN-E2"], ["RF01"])


def test_the_short_questions_pass_over_what_does_not_change(as_mother, enrollment):
    Enrollment.objects.update(screening_due="short")
    address = as_mother.post(reverse("start_again"), {"scope": "short"}).url
    seen = [int(address.rstrip("/").rsplit("/", 1)[-1])]
    assert answer_all(as_mother, "short") == reverse("start_result")
    assert seen == [1]
    enrollment.refresh_from_db()
    assert (enrollment.screening_due, enrollment.screening.scope) == ("", "short")
    assert "All set to continue" in as_mother.get(reverse("start_result")).content.decode()


def test_a_whole_screening_is_not_waved_through_as_short(as_mother, enrollment):
    Enrollment.objects.update(screening_due="whole")
    answer_all(as_mother, "short")
    enrollment.refresh_from_db()
    assert enrollment.screening_due == "whole"


@pytest.mark.parametrize("name", ["hold", "today"])
def test_a_wait_for_a_check_names_the_answer_behind_it(as_mother, enrollment, name):
    answer_all(as_mother, tear="oasi_wait")
    page = as_mother.get(reverse(name)).content.decode()
    assert "You told us about:" in page
    assert "Your answer: A grade 3 or 4 tear, and I have not been checked yet" in page
    answer_all(as_mother)
    assert "A grade 3 or 4 tear" in as_mother.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["hold", "today"])
@pytest.mark.parametrize(
    ("answers", "by_when", "whom"),
    [
        ({"redFlags": ["leg_clot"]}, "get advice right now.", "local health line right now."),
        (
            {"redFlags": ["fever"]},
            "get advice today.",
            "Call your maternity team, doctor or local health line today.",
        ),
        ({"pain": 8}, "get advice this week.", "a physical therapist this week."),
        (
            {"heaviness": 3, "redFlags": ["fever"]},
            "get advice today.",
            "A pelvic health physical therapist is",
        ),
    ],
)
def test_it_goes_on_saying_whom_to_call_and_how_soon(as_mother, enrollment, name, answers, by_when, whom):
    row = before(enrollment, timezone.now(), **answers)
    main = as_mother.get(reverse(name)).text.split("<main")[1]
    outcome = as_mother.get(reverse("check_in_outcome", args=[row.client_id])).text
    for words in (by_when, whom):
        assert words in main
        assert words in outcome


def test_a_call_that_was_made_is_asked_for_no_more(as_mother, enrollment):
    before(enrollment, timezone.now(), redFlags=["fever"], heaviness=3)
    as_mother.post(reverse(HOLD), {"advice_on": day()})
    page = as_mother.get(reverse("today")).text.partition("</main>")[0]
    assert "get advice this week." in page
    assert "local health line today" not in page
    as_mother.post(reverse(HOLD), {"check_done_on": day()})
    assert "get advice" not in as_mother.get(reverse("today")).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bleeding": "heavier"}, "local health line today"),
        ({"today": ["leg_clot"]}, "local health line right now"),
    ],
)
def test_a_screening_that_asks_for_a_call_is_not_forgotten(as_mother, enrollment, changes, words):
    screened(enrollment, timezone.now(), ScreeningScope.SHORT, **changes)
    for name in ("today", "hold"):
        assert words in as_mother.get(reverse(name)).text


def test_nobody_can_open_the_hold_of_another(as_mother, enrollment, other_mother, program):
    theirs = make_enrollment(other_mother)
    before(theirs, timezone.now(), heaviness=3)
    as_mother.post(reverse(HOLD), {"check_done_on": day()})
    assert held(theirs)


def test_its_page_asks_a_fixed_number_of_queries(as_mother, enrollment, django_assert_num_queries):
    before(enrollment, timezone.now() - 3 * DAY, pain=8)
    before(enrollment, timezone.now() - 2 * DAY, pain=6)
    with django_assert_num_queries(6):
        as_mother.get(reverse(HOLD))
    before(enrollment, timezone.now() - DAY, pain=6)
    with django_assert_num_queries(6):
        as_mother.get(reverse(HOLD))


def test_what_time_alone_was_missing_is_opened_by_a_tap(as_mother, mother, program):
    """All was confirmed within the first day; now the day has passed, and nothing is left to ask."""
    began = timezone.now() - timedelta(hours=25)
    enrollment = make_enrollment(mother, began - DAY)
    emergency(enrollment, began, mood="not_safe")
    before(enrollment, began + timedelta(hours=1))
    SafetyHold.objects.update(
        met={
            "safe_and_supported": True,
            "spoke_with": "clinician",
            "self_safety": "yes_supported",
            "unreal": "no",
        }
    )
    assert held(enrollment)
    assert "Open the program again" in hold_page(as_mother)
    assert as_mother.post(reverse(HOLD), {"go": "on"}).url == reverse("decisions")
    assert not held(enrollment)


@pytest.mark.parametrize(("answers", "is_asked_for"), [({"redFlags": ["fever"]}, True), ({}, False)])
def test_a_break_in_a_hold_says_so_and_ends_where_it_began(as_mother, enrollment, answers, is_asked_for):
    before(enrollment, timezone.now(), **answers)
    as_mother.post(reverse("pause"))
    page = as_mother.get(reverse("today")).text
    assert "You are on a break" in page
    assert page.count("I am back") == (2 if is_asked_for else 1)
    assert ("What is said above comes first" in page) is is_asked_for
    as_mother.post(reverse("come_back"))
    assert "You are on a break" not in as_mother.get(reverse("today")).text
    assert held(enrollment) is is_asked_for
