"""Pause the program on a member's wish (no reason, no reminders), and resume it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from programs.facts.decisions import load_decisions
from programs.facts.journey import whole_journey_of
from programs.models import Decision, Enrollment, Pause
from programs.rules.vocabulary import EnrollmentState
from programs.services.decision import place_after_break
from programs.services.locking import locked


@transaction.atomic
def pause(enrollment: Enrollment, now: datetime) -> Enrollment:
    """Pause the program. Idempotent. Return the enrollment."""
    enrollment = locked(enrollment)
    if enrollment.state == EnrollmentState.ACTIVE:
        enrollment.state = EnrollmentState.PAUSED
        enrollment.save(update_fields=["state"])
        Pause.objects.create(enrollment=enrollment, began_at=now)
    return enrollment


@transaction.atomic
def come_back(enrollment: Enrollment, now: datetime) -> Decision | None:
    """End a pause and, after a long one, place the member anew. Return the Decision, None where there is none."""
    enrollment = locked(enrollment)
    if enrollment.state != EnrollmentState.PAUSED:
        return None
    enrollment.state = EnrollmentState.ACTIVE
    enrollment.save(update_fields=["state"])
    Pause.objects.filter(enrollment=enrollment, ended_at=None).update(ended_at=now)
    journey = whole_journey_of(enrollment, now)
    return None if journey.hold else place_after_break(journey, load_decisions(enrollment))
