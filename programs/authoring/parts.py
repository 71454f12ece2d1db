"""What is written, part by part, and how two states of it differ, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.authoring.content import help_units, units_of
from programs.files import HelpCountry
from programs.models import Country, Exercise, Phase, Program, Session, Week
from programs.plan import (
    About,
    PlannedExercise,
    PlannedPhase,
    PlannedSession,
    PlannedWeek,
    Reader,
    Unreadable,
    name_of,
    plain,
)

KINDS = {
    "about": About,
    "phases": PlannedPhase,
    "weeks": PlannedWeek,
    "exercises": PlannedExercise,
    "sessions": PlannedSession,
    "help": HelpCountry,
}
MODELS = {
    "about": Program,
    "phases": Phase,
    "weeks": Week,
    "exercises": Exercise,
    "sessions": Session,
    "help": Country,
}
WORDS = {
    "prescriptions": gettext_lazy("exercises"),
    "reps": gettext_lazy("repetitions"),
    "rest_seconds": gettext_lazy("rest between sets"),
    "in_short_form": gettext_lazy("in the short form"),
    "crisis_line": gettext_lazy("is a crisis line"),
}
NAMED_BY = ("exercise", "slug", "name")  # what tells one item of a list from another
_EMPTY = (None, "", [], {}, ())


@dataclass(frozen=True)
class Change:
    """One place of a part, before and after; "" where there was or is nothing."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One part that differs: `kind` is "added", "removed" or "changed"."""

    where: tuple
    kind: str
    changes: list[Change]

    @property
    def name(self):
        """The part in words."""
        return name_of(self.where)


def read_part(where, data):
    """Plain data as the part `where` names. Raises programs.plan.Unreadable."""
    reader = Reader()
    part = reader.read(KINDS[where[0]], data)
    if reader.problems or part is None:
        raise Unreadable(reader.problems)
    return part


def parts_of_plan(plan):
    """All parts of a plan by name, as in `programs.plan.Remark.where`."""
    return (
        {("about",): plan.about}
        | {("phases", phase.number): phase for phase in plan.phases}
        | {("weeks", week.number): week for week in plan.weeks}
        | {("exercises", slug): exercise for slug, exercise in plan.exercises.items()}
        | {("sessions", key): session for key, session in plan.sessions.items()}
    )


def parts_written(program):
    """All parts that are written and can be read, the numbers to call among them (8 queries)."""
    units = units_of(program) | help_units()
    return {where: unit.part for where, unit in units.items() if unit.part is not None}


def differences(before, after):
    """How the parts `after` differ from the parts `before` (both by name), in the order of their names."""
    found = []
    for where in sorted({*before, *after}, key=lambda where: (list(KINDS).index(where[0]), str(where[1:]))):
        changes = changes_of(where, before.get(where), after.get(where))
        if changes:
            kind = "changed" if where in before and where in after else "added"
            found.append(Difference(where, kind if where in after else "removed", changes))
    return found


def changes_of(where, before, after):
    """The places in which one part differs; parts or None."""
    old, new = (_to_compare(part) if part is not None else {} for part in (before, after))
    return [
        Change(place, _shown(one), _shown(other))
        for place, one, other in _walk(old, new, (), MODELS[where[0]])
    ]


def _to_compare(part):
    """What a part says, of files only that they are others."""
    data = plain(part, whole=True)
    for name in ("photo", "video"):
        if own := data.get(name):
            data[name] = _file_words(**own)
    return data


def _file_words(key, alt="", captions="", **_others):
    files = _("file %(name)s") % {"name": key[:6]}
    if captions:
        files += ", " + _("captions %(name)s") % {"name": captions[:6]}
    return f"{alt} ({files})" if alt else files


def _walk(old, new, path, model):
    if old == new or (old in _EMPTY and new in _EMPTY):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _walk(old.get(key), new.get(key), (*path, _label(model, path, key)), model)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _walk_list(old, new, path, model)
    else:
        yield " › ".join(path), old, new


def _walk_list(old, new, path, model):
    """Items that have a name are matched by it, others by their place."""
    one, other = _by_name(old), _by_name(new)
    if one is None or other is None:
        one, other = dict(enumerate(old, start=1)), dict(enumerate(new, start=1))
    elif list(one) != list(other) and set(one) == set(other):
        yield " › ".join([*path, _("order")]), ", ".join(one), ", ".join(other)
    for key in dict.fromkeys([*one, *other]):
        yield from _walk(one.get(key), other.get(key), (*path, str(key)), model)


def _by_name(items):
    """The items by what names them; None where they have no names, or not one each."""
    if not all(isinstance(item, dict) for item in items):
        return None
    named = {next((item[key] for key in NAMED_BY if key in item), None): item for item in items}
    return None if None in named or len(named) != len(items) else named


def _label(model, path, key):
    """The words for a field of a part."""
    if path:
        return str(WORDS.get(key, key.replace("_", " ")))
    names = {
        field.name: field.verbose_name for field in model._meta.get_fields() if hasattr(field, "verbose_name")
    }
    return str(names.get(key) or WORDS.get(key, key.replace("_", " ")))


def _shown(value):
    """A value as a person reads it."""
    if value in _EMPTY:
        return ""
    if isinstance(value, dict):
        return ", ".join(
            f"{key.replace('_', ' ')} {_shown(one)}" for key, one in value.items() if one not in _EMPTY
        )
    if isinstance(value, list):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
