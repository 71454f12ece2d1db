"""Earlier versions of parts: store one, restore one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from common.history import save_version_of
from common.members import User
from programs.authoring.content import help_units, units_of
from programs.authoring.parts import read_part
from programs.models import ContentVersion, Program
from programs.plan import Where, plain
from programs.services.content_rows import write

SHARED = ("exercises", "help")  # parts that belong to no single program


def versions_of(program: Program | None, where: Where) -> QuerySet[ContentVersion]:
    """Return all stored versions of one part, the newest first."""
    return ContentVersion.objects.filter(**_history_of(program, where))


def store_version(
    program: Program | None, where: Where, part: object, by: User | None, now: datetime
) -> ContentVersion:
    """Store a version of a part, unless the newest one is the same. Return that version.

    `by` is None for what came from files.
    """
    content = {"part": plain(part, whole=True)}
    return save_version_of(ContentVersion, _history_of(program, where), content, by, now)


@transaction.atomic
def put_parts(program: Program, parts: Mapping[Where, Any], by: User | None, now: datetime) -> None:
    """Replace `parts` (by name); both what they replace and the new ones are stored as versions.

    Parts are written in the order in which rows need each other, whatever their order here.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    units = units_of(program) | help_units()
    for where in parts:
        if where in units and units[where].part is not None:
            store_version(program, where, units[where].part, None, now)
        store_version(program, where, parts[where], by, now)
    marks = {where: unit.row.loaded_digest for where, unit in units.items() if where in parts}
    rows = {where: unit.row for where, unit in units.items()}
    write(dict(parts), rows)
    _restore_marks(rows, parts, marks)


def restore_version(program: Program, where: Where, version: ContentVersion, by: Any, now: datetime) -> None:
    """Restore a stored version; the present one is stored as a version too. Raise programs.plan.Unreadable."""
    put_parts(program, {where: read_part(where, version.part)}, by, now)


def _restore_marks(rows: Mapping[Where, Any], parts: Mapping[Where, Any], marks: Mapping[Where, str]) -> None:
    """Restore the marks of the last load, so that loading takes `parts` for edits and leaves them alone."""
    for where in parts:
        row = rows[where]
        type(row).objects.filter(pk=row.pk).update(loaded_digest=marks.get(where, ""))


def _history_of(program: Program | None, where: Where) -> dict[str, Any]:
    """Return what selects the history of one part among all ContentVersions."""
    name = str(where[1]) if len(where) > 1 else ""
    return {"program": None if where[0] in SHARED else program, "kind": where[0], "name": name}
