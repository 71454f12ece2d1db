"""What the therapist has written, from rows to the parts of a plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Prefetch, QuerySet

from programs.files import HelpCountry
from programs.models import Country, Exercise, Phase, Prescription, Program, Session, Week
from programs.plan import (
    About,
    Plan,
    PlannedExercise,
    PlannedPhase,
    PlannedSession,
    PlannedWeek,
    Reader,
    Remark,
    Unreadable,
    Where,
    digest,
    remarks,
)


class Unit(NamedTuple):
    """One row with the rows that belong to it alone, what it says as plain data, and as a part; None if it is none."""

    row: object
    data: dict
    part: object | None
    remarks: list[Remark]

    @property
    def digest(self) -> str:
        """The fingerprint of what it says, to tell later whether it was edited."""
        return digest(self.data if self.part is None else self.part)


def units_of(program: Program) -> dict[Where, Unit]:
    """Everything written for `program` (by its slug), named as in `Remark.where` (6 queries)."""
    return {where: _unit(kind, where, row, data) for kind, where, row, data in _written(program)}


def unit_of(program: Program, where: Where) -> Unit | None:
    """The one of them named `where`; what others say is not read (2 queries at most)."""
    written = next(_written(program, where), None)
    return written and _unit(*written)


def _written(program: Program, only: Where | None = None) -> Iterator[tuple[type, Where, object, dict]]:
    """Each row of `program`, or the one named `only`: the kind of part, its name, the row, its words as plain data."""
    if only in (None, ("about",)):
        yield About, ("about",), program, _about(program)
    for kind, (part, named_by, rows, words) in KINDS.items():
        if only is None or only[0] == kind:
            wanted = {} if only is None else {named_by: only[1]}
            for row in rows(program).filter(**wanted):
                yield part, (kind, getattr(row, named_by)), row, words(row)


def help_units() -> dict[Where, Unit]:
    """Whom to call, by country (2 queries)."""
    countries = Country.objects.prefetch_related("lines")
    return {
        ("help", country.code): _unit(HelpCountry, ("help", country.code), country, _country(country))
        for country in countries
    }


def plan_of_rows(program: Program) -> tuple[Plan | None, list[Remark]]:
    """The plan that `program` says now, and all that is wrong with it; None where it says none."""
    plan, found, unread = rows_as_plan(program)
    return plan, found if plan is None else found + remarks(plan, unread)


def rows_as_plan(program: Program) -> tuple[Plan | None, list[Remark], list[Where]]:
    """The plan that `program` says now, what cannot be read of it, and the names of those parts; unchecked."""
    units = units_of(program)
    found = [remark for unit in units.values() for remark in unit.remarks]
    if units["about",].part is None:
        return None, found, [("about",)]
    plan = Plan(
        about=units["about",].part,
        phases=_parts(units, "phases"),
        weeks=_parts(units, "weeks"),
        sessions={session.key: session for session in _parts(units, "sessions")},
        exercises={exercise.slug: exercise for exercise in _parts(units, "exercises")},
    )
    return plan, found, [where for where, unit in units.items() if unit.part is None]


def _parts(units: dict[Where, Unit], kind: str) -> tuple:
    return tuple(unit.part for where, unit in units.items() if where[0] == kind and unit.part is not None)


def _unit(kind: type, where: Where, row: object, data: dict) -> Unit:
    try:
        return Unit(row, data, _read(kind, json.dumps(data, default=str)), [])
    except Unreadable as unreadable:
        found = [Remark((*where, *problem.path), problem.reason) for problem in unreadable.problems]
        return Unit(row, data, None, found)


@lru_cache(maxsize=1024)
def _read(kind: type, text: str) -> object:
    """The part that `text` (JSON) says: read once, for each save asks about all parts and has changed one of them.

    Raises Unreadable, anew each time: its words are in the reader's language.
    """
    reader = Reader()
    part = reader.read(kind, json.loads(text))
    if reader.problems:
        raise Unreadable(reader.problems)
    return part


def _fields(row: object, *names: str) -> dict:
    return {name: getattr(row, name) for name in names}


def _about(program: Program) -> dict:
    return _fields(program, *About.__dataclass_fields__)


def _phases(program: Program) -> QuerySet:
    return Phase.objects.filter(program__slug=program.slug).prefetch_related("milestones")


def _phase(phase: Phase) -> dict:
    milestones = [_fields(one, "slug", "text", "text_by_flag") for one in phase.milestones.all()]
    return _fields(phase, "number", "slug", "name", "goal") | {"milestones": milestones}


def _weeks(program: Program) -> QuerySet:
    weeks = Week.objects.filter(phase__program__slug=program.slug).order_by("number")
    return weeks.annotate(phase_number=F("phase__number"))


def _week(week: Week) -> dict:
    names = [name for name in PlannedWeek.__dataclass_fields__ if name != "phase"]
    return _fields(week, *names) | {"phase": week.phase_number}


def _exercises(_program: Program) -> QuerySet:
    """All: they are every program's."""
    return Exercise.objects.annotate(easier=F("easier_variant__slug"), harder=F("harder_variant__slug"))


def _exercise(exercise: Exercise) -> dict:
    names = [name for name in PlannedExercise.__dataclass_fields__ if not name.endswith("_variant")]
    return _fields(exercise, *names) | {"easier_variant": exercise.easier, "harder_variant": exercise.harder}


def _sessions(program: Program) -> QuerySet:
    sessions = Session.objects.filter(program__slug=program.slug).annotate(week_number=F("week__number"))
    lines = Prescription.objects.annotate(slug=F("exercise__slug"))
    return sessions.prefetch_related(Prefetch("prescriptions", lines, "lines"))


def _session(session: Session) -> dict:
    names = [name for name in PlannedSession.__dataclass_fields__ if name not in ("week", "prescriptions")]
    return _fields(session, *names) | {
        "week": session.week_number,
        "prescriptions": [_prescription(one) for one in session.lines],
    }


def _prescription(one: Prescription) -> dict:
    tempo = {name: getattr(one, f"{name}_seconds") or 0 for name in ("lift", "hold", "lower", "relax")}
    dose = _fields(one, "sets", "reps", "seconds", "rest_seconds")
    return {
        "exercise": one.slug,
        "dose": dose | {"tempo": tempo if one.reps is not None else None},
        **_fields(one, "sides", "in_short_form"),
    }


def _country(country: Country) -> dict:
    lines = [
        _fields(line, "name", "contact") | {"crisis_line": line.is_crisis_line, "verified": line.is_verified}
        for line in country.lines.all()
    ]
    return _fields(country, *(name for name in HelpCountry.__dataclass_fields__ if name != "lines")) | {
        "lines": lines
    }


KINDS = {  # of each kind of row: its part, what names it, the rows of a program, and what one says
    "phases": (PlannedPhase, "number", _phases, _phase),
    "weeks": (PlannedWeek, "number", _weeks, _week),
    "exercises": (PlannedExercise, "slug", _exercises, _exercise),
    "sessions": (PlannedSession, "key", _sessions, _session),
}
