"""Spoken cues: the therapist's recordings for an exercise, and for the opening and the end of a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from common.members import User
from programs.authoring.content import unit_of
from programs.models import Program
from programs.plan import Reader, Recording, Unreadable, Where
from programs.services.versions import put_parts, versions_of

MAX_EARLIER = 5


@transaction.atomic
def save_voice(
    program: Program, where: Where, name: str, recording: Recording | None, by: User, now: datetime
) -> None:
    """Give the part at `where` this recording as its field `name`, or none; both states are stored as versions.

    Raise Unreadable if the part is not whole yet.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    unit = unit_of(program, where)
    if unit is None or unit.part is None:
        raise Unreadable([])
    part: Any = unit.part
    put_parts(program, {where: replace(part, **{name: recording})}, by, now)


def earlier_voices(program: Program, where: Where, name: str, now_used: Any) -> list[Recording]:
    """Return the recordings that were used before, the latest first, without the one used now."""
    current = (now_used or {}).get("key")
    kept: dict[str, Recording] = {}
    for version in versions_of(program, where).only("part")[:50]:
        found: Recording | None = Reader().read(Recording | None, version.part.get(name))
        if found and found.key != current:
            kept.setdefault(found.key, found)
    return list(kept.values())[:MAX_EARLIER]
