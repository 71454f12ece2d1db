"""Write parts of a plan into rows, in a number of queries that does not grow with the content.

`programs.services.loading` and `versions` choose the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from django.db.models import Model

from programs.files import HelpLine
from programs.models import (
    Country,
    Exercise,
    Milestone,
    Phase,
    Prescription,
    Program,
    Session,
    SupportLine,
    Week,
)
from programs.plan import Where, digest, plain
from programs.rules.prescribing import Prescription as PlannedPrescription

Row = Any  # a row of one of the models of content
Part = Any  # a part of a plan, or a HelpCountry


def write(parts: dict[Where, Part], rows: dict[Where, Row]) -> None:
    """Write `parts`, replacing the row of the same name in `rows` where there is one; new rows join `rows`.

    Each row stores the digest of what was written, and owns exactly the milestones, prescriptions or lines
    that its part names.
    """

    def put(
        kind: str, model: type[Model], values: Callable[[Part], dict[str, Any]]
    ) -> list[tuple[Row, Part]]:
        """Write the parts of one kind; return (row, part) of each."""
        written = []
        for where, part in parts.items():
            if where[0] == kind:
                row = rows.setdefault(where, model())
                for name, value in {**values(part), "loaded_digest": digest(part)}.items():
                    setattr(row, name, value)
                written.append((row, part))
        _put(model, [row for row, _part in written])
        return written

    put("about", Program, _own)
    program = rows["about",]
    phases = put("phases", Phase, lambda part: _own(part, "milestones") | {"program": program})
    _replace(Milestone, "phase", ((phase, _milestones(part)) for phase, part in phases))
    put("weeks", Week, lambda part: _own(part) | {"phase": rows["phases", part.phase]})
    exercises = put("exercises", Exercise, lambda part: _own(part, "easier_variant", "harder_variant"))
    for exercise, part in exercises:
        exercise.easier_variant = rows.get(("exercises", part.easier_variant))
        exercise.harder_variant = rows.get(("exercises", part.harder_variant))
    _put(Exercise, [exercise for exercise, _part in exercises])
    sessions = put(
        "sessions",
        Session,
        lambda part: (
            _own(part, "prescriptions") | {"program": program, "week": rows.get(("weeks", part.week))}
        ),
    )
    _replace(Prescription, "session", ((session, _prescriptions(part, rows)) for session, part in sessions))
    countries = put("help", Country, lambda part: _own(part, "lines"))
    _replace(SupportLine, "country", ((country, _lines(part.lines)) for country, part in countries))


def _put(model: type[Model], rows: list[Row]) -> None:
    """Insert new rows and overwrite old ones, all at once."""
    names = [
        field.name for field in model._meta.concrete_fields if not (field.primary_key or field.generated)
    ]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=names)


def _replace(model: type[Model], owner: str, owned: Iterable[tuple[Row, list[Row]]]) -> None:
    """Give each owner exactly these rows, numbered in order."""
    owned = list(owned)
    model._default_manager.filter(**{f"{owner}__in": [one for one, _rows in owned]}).delete()
    for one, rows in owned:
        for position, row in enumerate(rows, start=1):
            setattr(row, owner, one)
            row.position = position
    model._default_manager.bulk_create(row for _one, rows in owned for row in rows)


def _own(part: Part, *without: str) -> dict[str, Any]:
    """The part's fields as values of the row's fields of the same names."""
    names = [field.name for field in fields(part) if field.name not in without]
    return {name: plain(getattr(part, name), whole=True) for name in names}


def _milestones(part: Part) -> list[Milestone]:
    return [Milestone(**_own(one)) for one in part.milestones]


def _prescriptions(part: Part, rows: dict[Where, Row]) -> list[Prescription]:
    return [_prescription(one, rows["exercises", one.exercise]) for one in part.prescriptions]


def _prescription(one: PlannedPrescription, exercise: Exercise) -> Prescription:
    dose, tempo = one.dose, one.dose.tempo
    return Prescription(
        exercise=exercise,
        sets=dose.sets,
        reps=dose.reps,
        seconds=dose.seconds,
        lift_seconds=tempo.lift if tempo else None,
        hold_seconds=tempo.hold if tempo else None,
        lower_seconds=tempo.lower if tempo else None,
        relax_seconds=tempo.relax if tempo else None,
        rest_seconds=dose.rest_seconds,
        sides=one.sides,
        in_short_form=one.in_short_form,
    )


def _lines(lines: Iterable[HelpLine]) -> list[SupportLine]:
    return [
        SupportLine(
            name=line.name,
            contact=line.contact,
            is_crisis_line=line.crisis_line,
            is_safe_at_home=line.safe_at_home,
            is_verified=line.verified,
            checked_on=line.checked_on,
        )
        for line in lines
    ]
