"""The verb of every page of the desk that shows one mother's record."""

from datetime import timedelta

from programs.models import RecordOpening

SAME_LOOK = timedelta(minutes=15)


def record_opening(participant, opened_by, now):
    """Write down that `opened_by` looks into the record of `participant`; pages opened in one go are one look."""
    recent = RecordOpening.objects.filter(
        participant=participant, opened_by=opened_by, opened_at__gt=now - SAME_LOOK
    )
    if not recent.exists():
        RecordOpening.objects.create(
            participant=participant, opened_by=opened_by, by_name=str(opened_by), opened_at=now
        )
