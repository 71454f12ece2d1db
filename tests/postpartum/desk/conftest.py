"""The team of the desk by role, and mothers who need it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from postpartum.desk.roles import ROLES
from tests.cast import make_enrollment, make_user
from tests.programs.journey.conftest import before


@pytest.fixture
def team(db):
    """One person of each role, by the role's name."""
    people = {}
    for role in ROLES:
        people[role] = make_user(f"{role}@example.org", name=role.title(), is_staff=True)
        people[role].groups.add(Group.objects.get(name=role))
    return people


@pytest.fixture
def maya(mother, program):
    """Maya's place in week 3, begun three weeks ago."""
    enrollment = make_enrollment(mother, timezone.now() - timedelta(days=21))
    enrollment.week, enrollment.week_started_at = 3, timezone.now() - timedelta(days=3)
    enrollment.save(update_fields=["week", "week_started_at"])
    return enrollment


@pytest.fixture
def bulge(maya):
    """The concern that a bulge Maya reported has opened."""
    before(maya, timezone.now() - timedelta(hours=2), "w03-a", heaviness=3)
    return maya.participant.concerns.get()
