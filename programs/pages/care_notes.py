"""What was done for her at the desk: read by her on her own pages, and by the therapist on her record."""

from dataclasses import dataclass
from datetime import datetime

from programs.models import CareAction

SHOWN = 40


@dataclass(frozen=True)
class CareNote:
    """Who did what and when, in one go, and the note that says why."""

    at: datetime
    by_name: str
    what: list[str]
    note: str


def care_notes(participant):
    """The newest notes about `participant`, newest first (one query)."""
    found = {}
    for row in CareAction.objects.filter(participant=participant)[:SHOWN]:
        found.setdefault(row.client_id, []).append(row)
    return [
        CareNote(rows[0].at, rows[0].by_name, [row.get_kind_display() for row in rows[::-1]], rows[0].note)
        for rows in found.values()
    ]
