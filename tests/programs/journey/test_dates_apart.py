"""A birth date that is tomorrow somewhere else is day 0, on the member's pages and in the therapist's record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Enrollment

HERS = ["today", "progress", "check_in", "change", "summary", "hold", "kept_sessions", "my_data", "profile"]


@pytest.fixture
def born_tomorrow(enrollment):
    """Maya's program, her baby born where it is tomorrow already."""
    Enrollment.objects.update(birth_date=timezone.localdate() + timedelta(days=1))
    return enrollment


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("name", HERS)
def test_her_pages_open(as_mother, mother, born_tomorrow, zone, name):
    mother.time_zone = zone
    mother.save()
    assert as_mother.get(reverse(name)).status_code in (200, 302)


def test_the_therapists_record_opens(as_therapist, born_tomorrow):
    address = reverse("admin:desk_member", args=[born_tomorrow.participant_id])
    assert as_therapist.get(address).status_code == 200
