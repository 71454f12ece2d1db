"""Convert the therapist's content from rows to the parts of a plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

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

Part = About | PlannedPhase | PlannedWeek | PlannedExercise | PlannedSession | HelpCountry
Data = dict[str, Any]


class Unit(NamedTuple):
    """One row with the rows it owns: its content as plain data and as a part. `part` is None if it is invalid."""

    row: Any
    data: Data
    part: Any
    remarks: list[Remark]

    @property
    def digest(self) -> str:
        """Return the digest of its content, to detect later edits."""
        return digest(self.data if self.part is None else self.part)


class Kind(NamedTuple):
    """One kind of row: the type of its part, the field with its name, its rows of a program, its content as data."""

    part: type[Part]
    named_by: str
    rows: Callable[[Program], QuerySet[Any]]
    data: Callable[[Any], Data]


def units_of(program: Program) -> dict[Where, Unit]:
    """Return all content of `program` (by its slug), by path as in `Remark.where` (6 queries)."""
    return {where: _unit(kind, where, row, data) for kind, where, row, data in _content(program)}


def unit_of(program: Program, where: Where) -> Unit | None:
    """Return the unit at the path `where`, or None, without reading the others (2 queries at most)."""
    found = next(_content(program, where), None)
    return _unit(*found) if found else None


def _content(program: Program, only: Where | None = None) -> Iterator[tuple[type[Part], Where, object, Data]]:
    """Yield (type of part, path, row, content as plain data) of each row of `program`, or of the one at `only`."""
    if only in (None, ("about",)):
        yield About, ("about",), program, _about(program)
    for name, kind in KINDS.items():
        if only is None or only[0] == name:
            wanted = {} if only is None else {kind.named_by: only[1]}
            for row in kind.rows(program).filter(**wanted):
                yield kind.part, (name, getattr(row, kind.named_by)), row, kind.data(row)


def help_units() -> dict[Where, Unit]:
    """Return the emergency numbers and support lines by country (2 queries)."""
    countries = Country.objects.prefetch_related("lines")
    return {
        ("help", country.code): _unit(HelpCountry, ("help", country.code), country, _country(country))
        for country in countries
    }


def plan_of_rows(program: Program) -> tuple[Plan | None, list[Remark]]:
    """Return the plan written for `program` now (None if there is none), and everything wrong with it."""
    plan, found, unread = rows_as_plan(program)
    return plan, found if plan is None else found + remarks(plan, unread)


def rows_as_plan(program: Program) -> tuple[Plan | None, list[Remark], list[Where]]:
    """Return the plan written for `program` now, the remarks on unreadable parts, and their paths; not validated."""
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


def _parts(units: dict[Where, Unit], kind: str) -> tuple[Any, ...]:
    return tuple(unit.part for where, unit in units.items() if where[0] == kind and unit.part is not None)


def _unit(kind: Any, where: Where, row: object, data: Data) -> Unit:
    try:
        return Unit(row, data, _read(kind, json.dumps(data, default=str)), [])
    except Unreadable as unreadable:
        found = [Remark((*where, *problem.path), problem.reason) for problem in unreadable.problems]
        return Unit(row, data, None, found)


@lru_cache(maxsize=1024)
def _read(kind: Any, text: str) -> Part:
    """Parse a part from JSON. Cached, because each save validates all parts and has changed only one of them.

    Raise Unreadable, which is never cached: its reasons are in the language of the request.
    """
    reader = Reader()
    part: Part = reader.read(kind, json.loads(text))
    if reader.problems:
        raise Unreadable(reader.problems)
    return part


def _fields(row: object, *names: str) -> Data:
    return {name: getattr(row, name) for name in names}


def _about(program: Program) -> Data:
    return _fields(program, *About.__dataclass_fields__)


# Parameters typed Any below are rows with the annotations of the queryset above them.


def _phases(program: Program) -> QuerySet[Any]:
    return Phase.objects.filter(program__slug=program.slug).prefetch_related("milestones")


def _phase(phase: Phase) -> Data:
    milestones = [_fields(one, "slug", "text", "text_by_flag") for one in phase.milestones.all()]
    return _fields(phase, "number", "slug", "name", "goal") | {"milestones": milestones}


def _weeks(program: Program) -> QuerySet[Any]:
    weeks = Week.objects.filter(phase__program__slug=program.slug).order_by("number")
    return weeks.annotate(phase_number=F("phase__number"))


def _week(week: Any) -> Data:
    names = [name for name in PlannedWeek.__dataclass_fields__ if name != "phase"]
    return _fields(week, *names) | {"phase": week.phase_number}


def _exercises(_program: Program) -> QuerySet[Any]:
    """Return all exercises: every program shares them."""
    return Exercise.objects.annotate(easier=F("easier_variant__slug"), harder=F("harder_variant__slug"))


def _exercise(exercise: Any) -> Data:
    names = [name for name in PlannedExercise.__dataclass_fields__ if not name.endswith("_variant")]
    return _fields(exercise, *names) | {"easier_variant": exercise.easier, "harder_variant": exercise.harder}


def _sessions(program: Program) -> QuerySet[Any]:
    sessions = Session.objects.filter(program__slug=program.slug).annotate(week_number=F("week__number"))
    lines = Prescription.objects.annotate(slug=F("exercise__slug"))
    return sessions.prefetch_related(Prefetch("prescriptions", lines, "lines"))


def _session(session: Any) -> Data:
    names = [name for name in PlannedSession.__dataclass_fields__ if name not in ("week", "prescriptions")]
    return _fields(session, *names) | {
        "week": session.week_number,
        "prescriptions": [_prescription(one) for one in session.lines],
    }


def _prescription(one: Any) -> Data:
    tempo = {name: getattr(one, f"{name}_seconds") or 0 for name in ("lift", "hold", "lower", "relax")}
    dose = _fields(one, "sets", "reps", "seconds", "rest_seconds")
    return {
        "exercise": one.slug,
        "dose": dose | {"tempo": tempo if one.reps is not None else None},
        **_fields(one, "sides", "in_short_form"),
    }


def _country(country: Country) -> Data:
    lines = [
        _fields(line, "name", "contact", "checked_on")
        | {
            "crisis_line": line.is_crisis_line,
            "safe_at_home": line.is_safe_at_home,
            "verified": line.is_verified,
        }
        for line in country.lines.all()
    ]
    return _fields(country, *(name for name in HelpCountry.__dataclass_fields__ if name != "lines")) | {
        "lines": lines
    }


KINDS = {
    "phases": Kind(PlannedPhase, "number", _phases, _phase),
    "weeks": Kind(PlannedWeek, "number", _weeks, _week),
    "exercises": Kind(PlannedExercise, "slug", _exercises, _exercise),
    "sessions": Kind(PlannedSession, "key", _sessions, _session),
}
