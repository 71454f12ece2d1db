"""Sent by two phones in the same moment, it still happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from programs.models import CheckIn, Concern, Decision, Enrollment, SafetyHold
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_check_in
from programs.services.decision import decide_week
from tests.cast import make_enrollment
from tests.programs.journey.conftest import BEFORE, do_week

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def at_once(verb, times=4):
    """Run `verb` so many times side by side, each with a connection of its own."""

    def run(_):
        try:
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_check_in_with_its_hold_and_concern(mother, program):
    enrollment = make_enrollment(mother)
    now = timezone.now()
    made = CheckInAsMade(uuid4(), CheckInKind.BEFORE, BEFORE | {"heaviness": 3, "lastResponse": "first"}, now)
    rows = at_once(lambda: record_check_in(enrollment, made, now))
    assert len({row.pk for row in rows}) == 1
    assert CheckIn.objects.count() == SafetyHold.objects.count() == Concern.objects.count() == 1


def test_a_decision(mother, program):
    began = timezone.now() - 8 * DAY
    enrollment = make_enrollment(mother, began)
    do_week(enrollment, 1, began + DAY)
    rows = at_once(lambda: decide_week(enrollment, began, timezone.now()))
    assert len({row.pk for row in rows}) == 1
    assert Decision.objects.count() == 1
    assert Enrollment.objects.get().week == 2
