"""Erase everything about a member in this app."""

from __future__ import annotations

from django.db import transaction

from common.members import User
from programs.models import Enrollment, Participant


@transaction.atomic
def erase_participant(user: User) -> None:
    """Delete the enrollments of `user` with all they own, then the participant. Past statistics change with it."""
    Enrollment.objects.filter(participant__user=user).delete()
    Participant.objects.filter(user=user).delete()
