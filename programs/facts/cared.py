"""What was done for her at the desk, for her to read."""

from programs.models import CareAction

SHOWN = 20


def care_notes(participant):
    """The newest notes of the therapist to her, newest first (one query)."""
    return list(CareAction.objects.filter(participant=participant)[:SHOWN])
