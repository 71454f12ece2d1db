"""The saved content part by part, and the differences between two versions of it, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.authoring.content import Part, help_units, units_of
from programs.figures.files import undrawn
from programs.files import HelpCountry
from programs.models import Country, Exercise, Phase, Program, Session, Week
from programs.plan import (
    About,
    Plan,
    PlannedExercise,
    PlannedPhase,
    PlannedSession,
    PlannedWeek,
    Reader,
    Unreadable,
    Where,
    name_of,
    plain,
)

KINDS: dict[str, type[Part]] = {
    "about": About,
    "phases": PlannedPhase,
    "weeks": PlannedWeek,
    "exercises": PlannedExercise,
    "sessions": PlannedSession,
    "help": HelpCountry,
}
MODELS: dict[str, type[Model]] = {
    "about": Program,
    "phases": Phase,
    "weeks": Week,
    "exercises": Exercise,
    "sessions": Session,
    "help": Country,
}
LABELS = {
    "prescriptions": gettext_lazy("exercises"),
    "reps": gettext_lazy("repetitions"),
    "rest_seconds": gettext_lazy("rest between sets"),
    "in_short_form": gettext_lazy("in the short form"),
    "crisis_line": gettext_lazy("is a crisis line"),
    "safe_at_home": gettext_lazy("is for who is not safe at home"),
}
NAMED_BY = ("exercise", "slug", "name")  # the keys that identify an item of a list
_EMPTY: tuple[object, ...] = (None, "", [], {}, ())


VOICES = ("voice", "opening_voice", "closing_voice")


@dataclass(frozen=True)
class Change:
    """One changed value of a part, before and after, as text; "" for nothing."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One part that differs: `kind` is "added", "removed" or "changed", `name` what people call the part."""

    where: Where
    name: str
    kind: str
    changes: list[Change]


def read_part(where: Where, data: object) -> Part:
    """Parse plain data into the part at the path `where`. Raise programs.plan.Unreadable if it is invalid."""
    reader = Reader()
    part: Part | None = reader.read(KINDS[str(where[0])], data)
    if reader.problems or part is None:
        raise Unreadable(reader.problems)
    return part


def parts_of_plan(plan: Plan) -> dict[Where, Part]:
    """Return all parts of a plan by path, as in `programs.plan.Remark.where`."""
    parts: dict[Where, Part] = {("about",): plan.about}
    parts |= {("phases", phase.number): phase for phase in plan.phases}
    parts |= {("weeks", week.number): week for week in plan.weeks}
    parts |= {("exercises", slug): exercise for slug, exercise in plan.exercises.items()}
    parts |= {("sessions", key): session for key, session in plan.sessions.items()}
    return parts


def parts_written(program: Program) -> dict[Where, Part]:
    """Return all valid saved parts, emergency numbers and support lines included (8 queries)."""
    units = units_of(program) | help_units()
    return {where: unit.part for where, unit in units.items() if unit.part is not None}


def differences(before: Mapping[Where, Part], after: Mapping[Where, Part]) -> list[Difference]:
    """Return how the parts `after` differ from the parts `before` (both by path), sorted by path."""
    found = []
    kinds = list(KINDS)
    exercises = names_of_exercises(before) | names_of_exercises(after)
    for where in sorted({*before, *after}, key=lambda where: (kinds.index(str(where[0])), str(where[1:]))):
        one, other = before.get(where), after.get(where)
        changes = changes_of(where, one, other, exercises)
        if changes:
            kind = "changed" if one and other else "added"
            name = _called(where, other or one)
            found.append(Difference(where, name, kind if other else "removed", changes))
    return found


def names_of_exercises(parts: Mapping[Where, Part]) -> dict[str, str]:
    """Return {slug: name} of the exercises among parts by path."""
    return {part.slug: part.name for part in parts.values() if isinstance(part, PlannedExercise)}


def changes_of(
    where: Where, before: Part | None, after: Part | None, exercises: Mapping[str, str]
) -> list[Change]:
    """Return the changed values of one part; None stands for a part that does not exist.

    `exercises` is {slug: name}, to name those of a session.
    """
    old, new = (_to_compare(part) if part is not None else {} for part in (before, after))
    figures, model = (old.pop("figure", None), new.pop("figure", None)), MODELS[str(where[0])]
    changes = [
        Change(place, _display(one), _display(other))
        for place, one, other in _walk(old, new, (), model, exercises)
    ]
    if figures[0] != figures[1]:  # angles of joints say nothing to anybody
        words = (_("drawn as before"), _("drawn anew"))
        drawn = [word if figure else "" for word, figure in zip(words, figures, strict=True)]
        changes.append(Change(_label(model, (), "figure"), *drawn))
    return changes


def _called(where: Where, part: Part | None) -> str:
    """Return what people call a part, such as “Exercise “Bridge””."""
    match part:
        case PlannedExercise():
            return _("Exercise “%(name)s”") % {"name": part.name}
        case PlannedSession(week=int()):
            return _("Week %(week)d, session “%(name)s”") % {"week": part.week, "name": part.title}
        case PlannedSession():
            return _("Session “%(name)s”") % {"name": part.title}
        case HelpCountry():
            return part.name
    return name_of(where)


def _to_compare(part: Part) -> dict[str, Any]:
    """Return a part as plain data: photograph, video and voices as a description of their files, a figure without its own."""
    data: dict[str, Any] = plain(part, whole=True)
    if figure := data.get("figure"):
        data["figure"] = undrawn(figure)
    for name in ("photo", "video", *VOICES):
        if own := data.get(name):
            data[name] = _file_description(**own)
    return data


def _file_description(
    key: str, alt: str = "", captions: str = "", seconds: int | None = None, **_others: object
) -> str:
    if seconds is not None:
        return _("recording of %(n)d seconds (%(name)s)") % {"n": seconds, "name": key[:6]}
    files = _("file %(name)s") % {"name": key[:6]}
    if captions:
        files += ", " + _("captions %(name)s") % {"name": captions[:6]}
    return f"{alt} ({files})" if alt else files


Walk = Iterator[tuple[str, object, object]]  # (path for people, old value, new value)


def _walk(
    old: object, new: object, path: tuple[str, ...], model: type[Model], names: Mapping[str, str]
) -> Walk:
    if old == new or (old in _EMPTY and new in _EMPTY):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _walk(old.get(key), new.get(key), (*path, _label(model, path, key)), model, names)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _walk_list(old, new, path, model, names)
    else:
        yield " › ".join(path), old, new


def _walk_list(
    old: list[Any], new: list[Any], path: tuple[str, ...], model: type[Model], names: Mapping[str, str]
) -> Walk:
    """Match items by name if they have one, else by position."""
    one, other = _by_name(old), _by_name(new)
    if one is None or other is None:
        one, other = dict(enumerate(old, start=1)), dict(enumerate(new, start=1))
    elif [key for key in one if key in other] != [key for key in other if key in one]:
        before, after = (", ".join(names.get(key, key) for key in keys) for keys in (one, other))
        yield " › ".join([*path, _("order")]), before, after
    for key in dict.fromkeys([*one, *other]):
        yield from _walk(one.get(key), other.get(key), (*path, names.get(key, str(key))), model, names)


def _by_name(items: list[Any]) -> dict[Any, Any] | None:
    """Return the items by name; None if an item has no name or two have the same."""
    if not all(isinstance(item, dict) for item in items):
        return None
    named = {next((item[key] for key in NAMED_BY if key in item), None): item for item in items}
    return None if None in named or len(named) != len(items) else named


def _label(model: type[Model], path: tuple[str, ...], key: str) -> str:
    """Return the label of a field: the model's verbose name at the top level of a part."""
    if path:
        return str(LABELS.get(key, key.replace("_", " ")))
    names = {
        field.name: field.verbose_name for field in model._meta.get_fields() if hasattr(field, "verbose_name")
    }
    return str(names.get(key) or LABELS.get(key, key.replace("_", " ")))


def _display(value: object) -> str:
    """Return a value as people read it."""
    if value in _EMPTY:
        return ""
    if isinstance(value, dict):
        return ", ".join(
            f"{key.replace('_', ' ')} {_display(one)}" for key, one in value.items() if one not in _EMPTY
        )
    if isinstance(value, list):
        return "; ".join(_display(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
