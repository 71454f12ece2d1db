"""The verbs of a pause she asks for: no reason, no reminders, nothing counts; and of coming back."""

from django.db import transaction

from programs.facts.journey import journey_of
from programs.models import Pause
from programs.rules.vocabulary import EnrollmentState
from programs.services.decision import place_after_break
from programs.services.locking import locked


@transaction.atomic
def pause(enrollment, now):
    """Let the program wait; asked twice it is one pause."""
    enrollment = locked(enrollment)
    if enrollment.state == EnrollmentState.ACTIVE:
        enrollment.state = EnrollmentState.PAUSED
        enrollment.save(update_fields=["state"])
        Pause.objects.create(enrollment=enrollment, began_at=now)
    return enrollment


@transaction.atomic
def come_back(enrollment, now):
    """End her pause and, after a long one, place her by the rules. Returns the Decision, None where she just goes on."""
    enrollment = locked(enrollment)
    if enrollment.state != EnrollmentState.PAUSED:
        return None
    enrollment.state = EnrollmentState.ACTIVE
    enrollment.save(update_fields=["state"])
    Pause.objects.filter(enrollment=enrollment, ended_at=None).update(ended_at=now)
    journey = journey_of(enrollment, now)
    return None if journey.hold else place_after_break(journey)
