"""Keep an exercise among a member's favorites, or let it go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.members import User
from programs.models import Exercise, Favorite, Participant


@transaction.atomic
def keep_favorite(user: User, exercise: Exercise, now: datetime) -> None:
    """Keep the exercise among the user's favorites. Idempotent."""
    participant, _new = Participant.objects.get_or_create(user=user)
    Favorite.objects.get_or_create(participant=participant, exercise=exercise, defaults={"created_at": now})


def drop_favorite(user: User, exercise: Exercise) -> None:
    """Take the exercise from the user's favorites. Idempotent."""
    Favorite.objects.filter(participant__user=user, exercise=exercise).delete()
