"""What the therapist did for a member, as both of them read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programs.models import CareAction, Participant
from programs.wording.care import DONE_FOR_HER

MAX_ACTIONS = 40


@dataclass(frozen=True)
class CareNote:
    """The actions of one submitted form: who did what and when, and the note with the reason."""

    at: datetime
    by_name: str
    kinds: list[CareAction.Kind]
    note: str

    @property
    def for_you(self) -> str:
        """Return what was done, in words for the member."""
        return get_text_list([str(kind.label) for kind in self.kinds], _("and"))

    @property
    def for_her(self) -> str:
        """Return what was done, in words for the desk."""
        return get_text_list([str(DONE_FOR_HER[kind]) for kind in self.kinds], _("and"))


def care_notes(participant: Participant, *, after: int = 0) -> list[CareNote]:
    """Return the latest notes about `participant`, newest first; only those `after` a newest action (one query)."""
    found: dict[UUID, list[CareAction]] = {}
    for row in CareAction.objects.filter(participant=participant, pk__gt=after)[:MAX_ACTIONS]:
        found.setdefault(row.client_id, []).append(row)
    return [
        CareNote(rows[0].at, rows[0].by_name, [CareAction.Kind(row.kind) for row in rows[::-1]], rows[0].note)
        for rows in found.values()
    ]
