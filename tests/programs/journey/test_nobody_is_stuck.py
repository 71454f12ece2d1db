"""Nobody is stuck in silence: each closed page says why, what opens the next step, who can open it, and how."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from programs.models import CareAction
from programs.services.care import Care, care_for
from programs.services.decision import decide_week
from tests.cast import make_enrollment
from tests.programs.journey.conftest import after, before, do_session, log_only
from tests.programs.journey.test_holds import emergency
from tests.programs.journey.test_safety_doors import DAY, HOUR, MINUTE, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]


def main(client, name, *args, status=200):
    """The words of a page, and where its links lead."""
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    found = BeautifulSoup(response.text, "html.parser").main
    return re.sub(r"\s+", " ", found.text), [link["href"] for link in found.select("a[href]")]


def closed(client, key="w01-a"):
    return main(client, "session", key, status=403)


def test_a_rest_says_why_and_when_it_ends_by_itself(as_mother, place):
    row = before(place, timezone.now() - HOUR, "w01-a", heaviness=2)
    ends = timezone.localtime(row.made_at + DAY)
    told = f"opens by itself on {date_format(ends, 'l')} at {date_format(ends, 'TIME_FORMAT')}"
    for words, links in (
        closed(as_mother),
        main(as_mother, "today"),
        main(as_mother, "check_in_outcome", row.client_id),
    ):
        assert "heaviness" in words
        assert told in words
        assert "does not shorten the rest" in words
        assert reverse("check_in") in links
        assert "counts as your session" not in words


def test_a_rest_for_bleeding_lasts_two_days_and_the_longest_one_counts(as_mother, mother, program):
    young = make_enrollment(mother, timezone.now() - 3 * DAY, days_since_birth=30, clearance="not_yet_early")
    first = before(young, timezone.now() - 20 * HOUR, "w01-a", bleeding="more")
    before(young, timezone.now() - HOUR, "w01-a", energy=2, bleeding="same")
    ends = timezone.localtime(first.made_at + 2 * DAY)
    words, _links = closed(as_mother)
    assert f"opens by itself on {date_format(ends, 'l')} at {date_format(ends, 'TIME_FORMAT')}" in words
    assert "bleeding and tiredness" in words


def test_a_slip_on_the_way_to_a_session_can_be_corrected_from_the_closed_page(as_mother, place):
    row = before(place, timezone.now() - MINUTE, "w01-a", heaviness=2)
    _words, links = closed(as_mother)
    assert reverse("check_in_correct", args=[row.client_id]) in links


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"heaviness": 3}, "A bulge you can see or feel"),
        ({"pain": 8}, "Pain"),
        ({"redFlags": ["fever"]}, "A temperature of 38"),
        ({"redFlags": ["burning_pee"]}, "Burning or pain when peeing"),
    ],
)
def test_a_hold_says_why_and_leads_to_what_opens_it(as_mother, place, answers, reason):
    row = before(place, timezone.now() - HOUR, "w01-a", **answers)
    for words, links in (closed(as_mother), main(as_mother, "today")):
        assert reason in words
        assert reverse("hold") in links
    words, links = main(as_mother, "check_in_outcome", row.client_id)
    assert reverse("hold") in links
    words, links = main(as_mother, "hold")
    assert reason in words
    assert any(link.startswith("mailto:") for link in links)


def test_each_requirement_still_open_says_who_meets_it_and_how(as_mother, place):
    emergency(place, timezone.now() - HOUR, mood="not_safe")
    before(place, timezone.now() - HOUR, "w01-a", heaviness=3, pain=8)
    response = as_mother.get(reverse("hold"))
    steps = BeautifulSoup(response.text, "html.parser").select(".tick-list li")
    assert len(steps) >= 8
    assert [step.text for step in steps if not step.select_one(".choice-more").text.strip()] == []
    assert "By itself, on" in response.text


def test_an_emergency_closed_page_leads_to_what_opens_it(as_mother, place):
    emergency(place, timezone.now() - HOUR, redFlags=["chest_pain"])
    _words, links = closed(as_mother)
    assert reverse("hold") in links


def test_a_hold_of_the_therapist_is_not_laid_to_the_members_answers(as_mother, place, therapist):
    care = Care(uuid4(), (CareAction.Kind.HOLD,), "Let us talk first.", therapist)
    care_for(place.participant, care, timezone.now())
    for words, _links in (closed(as_mother), main(as_mother, "hold"), main(as_mother, "today")):
        assert "Let us talk first." in words
        assert "One of your answers" not in words
    assert "opens it at her desk" in main(as_mother, "hold")[0]


def test_an_early_week_names_the_day_on_which_sessions_open(as_mother, mother, program):
    make_enrollment(mother, timezone.now(), days_since_birth=5)
    opens = timezone.localdate() + timedelta(days=9)
    assert date_format(opens) in closed(as_mother)[0]


def test_a_later_week_leads_to_what_opens_it(as_mother, place):
    assert reverse("decisions") in closed(as_mother, "w02-a")[1]


def test_without_a_report_no_condition_says_fine(as_mother, place):
    for index, key in enumerate(("w01-a", "w01-b")):
        at = timezone.now() - (6 - 2 * index) * DAY
        do_session(place, key, at)
    place.check_ins.filter(kind="after").delete()
    words, _links = main(as_mother, "decisions")
    assert "fine" not in words
    assert "1 of them followed by a check-in" in words  # in the check before the second one


# Symptom → what she answers in the first questions, before each session and after it.
STEADY = {
    "pain": ({"pain": "p4_6"}, {"pain": 4}, {"painMax": 4}),
    "heaviness": ({"heaviness": "mild"}, {"heaviness": 1}, {"heaviness": 1}),
    "leaking": ({"bladder": "leak_some"}, {"leak": 1}, {"leak": 1}),
    "your scar or stitches": ({"wound": "mild"}, {"scar": "sore"}, {"scar": "sore"}),
    "how hard it felt": ({}, {}, {"effort": 8}),
    "doming": ({}, {}, {"doming": "kept"}),
}


@pytest.mark.parametrize("because", STEADY)
def test_mild_steady_symptoms_say_what_opens_the_next_step_and_lead_on(as_mother, mother, program, because):
    """Each of these kept her in week 1 for ever; now each is named, and gets on by itself within five weeks."""
    screened, ahead, afterwards = STEADY[because]
    began = timezone.now() - 40 * DAY
    enrollment = make_enrollment(mother, began, **screened)
    told, at = [], began + HOUR
    while enrollment.week == 1 and at < timezone.now() - 7 * DAY:
        for index, letter in enumerate("abc"):
            begins = at + 2 * index * DAY
            before(enrollment, begins, f"w01-{letter}", **ahead)
            log_only(enrollment, f"w01-{letter}", begins + HOUR)
            after(enrollment, begins + HOUR + MINUTE, f"w01-{letter}", **afterwards)
        at += 7 * DAY
        decide_week(enrollment, enrollment.week_started_at, at)
        enrollment.refresh_from_db()
        told.append(main(as_mother, "decisions"))
    assert all(because in words for words, _links in told[:-1])
    assert all("when your therapist agrees" in words for words, _links in told[:-1])
    assert enrollment.week == 2
    assert "easier versions" in told[-1][0] or because == "leaking"  # what is usual for her is no symptom
    assert len(told) <= 4
