"""Load content files into PostgreSQL: atomic, idempotent, and never over what the therapist edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from programs.authoring.content import help_units, units_of
from programs.files import CONTENT, Content, fingerprint, read_content
from programs.models import Program
from programs.plan import Where, digest

from .content_rows import write

LOADING = 0x70726F67  # the advisory lock's number: two loads at once wait for each other


@dataclass
class Loading:
    """What a load did; parts are named as in `programs.plan.Remark`.

    `kept` were edited since the last load and stay as they are; `gone` came from files that no longer exist,
    and stay too.
    """

    program: Program
    unchanged: bool = False
    created: list[Where] = field(default_factory=list)
    updated: list[Where] = field(default_factory=list)
    kept: list[Where] = field(default_factory=list)
    gone: list[Where] = field(default_factory=list)


def load(folder: Path = CONTENT) -> Loading:
    """Bring the rows up to the content files in `folder`.

    Return at once when the files are those loaded last. Raise BrokenContent, with nothing written, when they
    are invalid.
    """
    now = fingerprint(folder)
    program = Program.objects.filter(files_digest=now).first()
    if program:
        return Loading(program, unchanged=True)
    return _load(read_content(folder), now)


@transaction.atomic
def _load(content: Content, files_digest: str) -> Loading:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
    written = _parts(content)
    slug = content.plan.about.slug
    program = Program.objects.filter(slug=slug).first() or Program(slug=slug)
    units = units_of(program) | help_units()
    if not program.pk:
        del units["about",]
    loading = Loading(program)
    wanted = {}
    for where, part in written.items():
        unit = units.get(where)
        if unit is None:
            loading.created.append(where)
        else:
            now = unit.digest
            is_edited, differs = now != unit.row.loaded_digest, now != digest(part)
            if is_edited and differs:
                loading.kept.append(where)
                continue
            if differs:
                loading.updated.append(where)
            elif not is_edited:
                continue
        wanted[where] = part
    loading.gone = [w for w, unit in units.items() if w not in written and unit.row.loaded_digest]
    rows = {where: unit.row for where, unit in units.items()}
    rows.setdefault(("about",), program)
    write(wanted, rows)
    Program.objects.filter(pk=program.pk).update(files_digest=files_digest)
    return loading


def _parts(content: Content) -> dict[Where, object]:
    """Return all parts of the files, in the order in which rows depend on each other."""
    plan = content.plan
    return (
        {("about",): plan.about}
        | {("phases", phase.number): phase for phase in plan.phases}
        | {("weeks", week.number): week for week in plan.weeks}
        | {("exercises", slug): exercise for slug, exercise in plan.exercises.items()}
        | {("sessions", key): session for key, session in plan.sessions.items()}
        | {("help", country.code): country for country in content.countries}
    )
