"""The verbs of what was written before: keep a state of a part, bring one back."""

from django.db import transaction

from common.history import save_version_of
from programs.authoring.content import help_units, units_of
from programs.authoring.parts import read_part
from programs.models import ContentVersion, Program
from programs.plan import plain
from programs.services.content_rows import write

SHARED = ("exercises", "help")  # parts that belong to no single program


def versions_of(program, where):
    """All kept states of one part, the newest first."""
    return ContentVersion.objects.filter(**_history_of(program, where))


def keep_version(program, where, part, by, now):
    """Keep a state of a part, unless the newest kept one says the same. Returns the version that says it.

    `by` is None for what came from files.
    """
    content = {"part": plain(part, whole=True)}
    return save_version_of(ContentVersion, _history_of(program, where), content, by, now)


@transaction.atomic
def put_parts(program, parts, by, now):
    """Write `parts` (by name) over what stands there; what stood there is kept as a version, and so is the new.

    Parts are written in the order in which rows need each other, whatever their order here.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    units = units_of(program) | help_units()
    for where in parts:
        if where in units and units[where].part is not None:
            keep_version(program, where, units[where].part, None, now)
        keep_version(program, where, parts[where], by, now)
    marks = {where: unit.row.loaded_digest for where, unit in units.items() if where in parts}
    rows = {where: unit.row for where, unit in units.items()}
    write(parts, rows)
    _keep_marks(rows, parts, marks)


def restore_version(program, where, version, by, now):
    """Bring a kept state back; what stands there now stays among the versions. Raises programs.plan.Unreadable."""
    put_parts(program, {where: read_part(where, version.part)}, by, now)


def _keep_marks(rows, parts, marks):
    """What she puts there is her edit, not the files': they leave it alone from now on."""
    for where in parts:
        row = rows[where]
        type(row).objects.filter(pk=row.pk).update(loaded_digest=marks.get(where, ""))


def _history_of(program, where):
    """Return what selects the history of one part among all ContentVersions."""
    name = str(where[1]) if len(where) > 1 else ""
    return {"program": None if where[0] in SHARED else program, "kind": where[0], "name": name}
