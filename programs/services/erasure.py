"""The verb that ends it all: nothing of hers stays in this room."""

from django.db import transaction

from programs.models import Enrollment, Participant


@transaction.atomic
def erase_participant(user):
    """Delete her enrollments with all that hangs on them, then herself. Numbers of the past change with it."""
    Enrollment.objects.filter(participant__user=user).delete()
    Participant.objects.filter(user=user).delete()
