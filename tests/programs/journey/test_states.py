"""One concern for a state, not one a week; and the therapist's look at mild, steady symptoms."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import CareAction, Clearance, Concern, Enrollment
from programs.pages.triage import concern_line
from programs.rules.concerns import ConcernCode, ConcernMark
from programs.rules.vocabulary import Urgency
from programs.services.concern import open_concerns, settle_concern
from tests.cast import make_enrollment
from tests.postpartum.desk.test_acting import act
from tests.programs.journey.conftest import before, do_session, week_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AGAIN = ConcernMark(ConcernCode.SECOND_SYMPTOM_HOLD, Urgency.ROUTINE, ("GO-2",))
NOW = ConcernMark(ConcernCode.SELF_HARM, Urgency.EMERGENCY, ("self_harm",))


def concern(enrollment, mark, at):
    """One mark, resting on a check-in of its own."""
    open_concerns(enrollment.participant_id, [mark], at, check_in=before(enrollment, at))


def settled(at, by):
    settle_concern(Concern.objects.first(), by, "Seen.", at)


def test_what_goes_on_is_added_to_the_concern_that_is_open(began, a_moment):
    concern(began, AGAIN, a_moment)
    concern(began, ConcernMark(AGAIN.code, Urgency.SAME_DAY, ("GO-3",)), a_moment + 7 * DAY)
    one = Concern.objects.get()
    assert (one.opened_at, one.urgency, one.facts["because"]) == (a_moment, "same_day", ["GO-2", "GO-3"])
    assert any("Reported once more" in str(line) for line in concern_line(one).because)


@pytest.mark.parametrize(("days", "mark", "count"), [(14, AGAIN, 1), (29, AGAIN, 2), (1, NOW, 2)])
def test_a_settled_one_opens_anew_when_it_is_urgent_or_long_ago(
    began, a_moment, therapist, days, mark, count
):
    concern(began, mark, a_moment)
    settled(a_moment, therapist)
    concern(began, mark, a_moment + days * DAY)
    assert Concern.objects.count() == count


def test_a_new_reason_opens_anew(began, a_moment, therapist):
    concern(began, AGAIN, a_moment)
    settled(a_moment, therapist)
    concern(began, ConcernMark(AGAIN.code, Urgency.ROUTINE, ("GO-3",)), a_moment + 7 * DAY)
    assert Concern.objects.filter(resolved_at=None).count() == 1


def test_the_therapist_clears_a_symptom_and_the_member_reads_why(
    client, as_therapist, therapist, mother, program
):
    now = timezone.now()
    enrollment = make_enrollment(mother, now - 8 * DAY)
    for key, days in (("w01-a", 7), ("w01-b", 5), ("w01-c", 3)):
        do_session(enrollment, key, now - days * DAY, leak=1)
    assert not week_at(enrollment, now).progress.symptom_cleared

    act(as_therapist, enrollment, follows="clear", note="I know this leak: go on gently.")

    assert Clearance.objects.get().code == "mild_symptoms"
    assert CareAction.objects.get(kind="clear").by == therapist
    enrollment = Enrollment.objects.get()
    assert week_at(enrollment, timezone.now()).progress.symptom_cleared
    # What she looked at is usual from now on: else every day would hold the week, and nothing would open it.
    assert enrollment.baseline_leak == 1
    client.force_login(mother)
    assert "I know this leak: go on gently." in client.get(reverse("decisions")).text
