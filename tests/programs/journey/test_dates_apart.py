"""A birth date that is tomorrow somewhere else is day 0, on the member's pages and in the therapist's record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Enrollment
from tests.postpartum.every_page import addresses


@pytest.fixture
def born_tomorrow(enrollment):
    """Maya's program, her baby born where it is tomorrow already."""
    Enrollment.objects.update(birth_date=timezone.localdate() + timedelta(days=1))
    return enrollment


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"])
def test_every_page_opens(as_mother, mother, born_tomorrow, zone):
    mother.time_zone = zone
    mother.save()
    hers = [
        *addresses({"key": "w01-a", "step": 2}),
        reverse("kept_sessions"),
        reverse("session", args=["rest"]),
    ]
    assert reverse("check_in_before", args=["w01-a"]) in hers
    for address in hers:
        assert as_mother.get(address).status_code < 500, address


def test_the_therapists_record_opens(as_therapist, born_tomorrow):
    address = reverse("admin:desk_member", args=[born_tomorrow.participant_id])
    assert as_therapist.get(address).status_code == 200
