"""Log who opens the record of a member at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from common.members import User
from programs.models import Participant, RecordOpening

SAME_LOOK = timedelta(minutes=15)


def record_opening(participant: Participant, opened_by: User, now: datetime) -> None:
    """Log that `opened_by` opens the record of `participant`; pages within SAME_LOOK are one opening."""
    recent = RecordOpening.objects.filter(
        participant=participant, opened_by=opened_by, opened_at__gt=now - SAME_LOOK
    )
    if not recent.exists():
        RecordOpening.objects.create(
            participant=participant, opened_by=opened_by, by_name=str(opened_by), opened_at=now
        )
