"""What the therapist did for a member, as both of them read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from programs.models import CareAction, Participant

MAX_ACTIONS = 40


@dataclass(frozen=True)
class CareNote:
    """The actions of one submitted form: who did what and when, and the note with the reason."""

    at: datetime
    by_name: str
    what: list[str]
    note: str


def care_notes(participant: Participant) -> list[CareNote]:
    """Return the latest notes about `participant`, newest first (one query)."""
    found: dict[UUID, list[CareAction]] = {}
    for row in CareAction.objects.filter(participant=participant)[:MAX_ACTIONS]:
        found.setdefault(row.client_id, []).append(row)
    return [
        CareNote(rows[0].at, rows[0].by_name, [row.get_kind_display() for row in rows[::-1]], rows[0].note)
        for rows in found.values()
    ]
