"""The demo's people, lived by the site's own verbs."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from postpartum.demo.people import PASSWORD, THERAPIST, seed_people
from programs.models import CheckIn, Concern, Decision, Enrollment, Release, SafetyHold, SessionLog
from programs.rules.placing import placed_again
from tests.postpartum.desk.test_guide import an_open_concern

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup, django_db_blocker):
    """The demo, lived once for the tests of this file: six histories take their time."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Release.objects.exists():
            call_command("loadprogram", verbosity=0)
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_their_histories_lead_where_the_rules_lead():
    weeks = {one.participant.user.email: (one.week, one.state) for one in Enrollment.objects.all()}
    assert weeks == {
        "mother@example.org": (3, "active"),
        "hannah@example.org": (5, "active"),
        "aoife@example.org": (7, "active"),
        "chloe@example.org": (6, "active"),
        "tess@example.org": (12, "completed"),
    }
    held = SafetyHold.objects.get(ended_at=None)
    assert held.enrollment.participant.user.email == "chloe@example.org"
    opened = {(one.participant.user.email, one.code) for one in Concern.objects.all()}
    assert ("chloe@example.org", "symptom_pause") in opened
    assert an_open_concern()  # the pictures of the guide show one


def test_each_decision_can_be_made_again_from_its_facts():
    assert Decision.objects.exists()
    for row in Decision.objects.all():
        again = placed_again(row.rule, row.facts, row.rules_version)
        assert (again.result.outcome, again.week) == (row.outcome, row.to_week)


def test_seeded_twice_it_is_the_same(django_assert_max_num_queries):
    counts = [model.objects.count() for model in (CheckIn, SessionLog, Decision)]
    with django_assert_max_num_queries(3):
        assert seed_people(timezone.now()).email == THERAPIST
    assert [model.objects.count() for model in (CheckIn, SessionLog, Decision)] == counts


def test_everyone_can_sign_in_at_once():
    users = get_user_model().objects.all()
    assert users.count() == 7
    for user in users:
        assert user.check_password(PASSWORD)
        assert user.emailaddress_set.get().verified
