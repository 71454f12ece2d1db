"""Less of today's session for less time: the short form, or what fits into the minutes she has.

An exercise keeps its number, so what she did in a shorter form is done in the whole session too.
"""

from dataclasses import dataclass, replace

from programs.facts.adapted_session import AdaptedSession
from programs.rules.adaptation import short_form
from programs.rules.fitting import session_that_fits
from programs.rules.vocabulary import SessionKind

SHORT = "short"
MINUTES = (3, 7, 12)


@dataclass(frozen=True)
class Form:
    """A shorter form of a session; `name` is "short", "3", "7" or "12"."""

    name: str
    todo: AdaptedSession


def shorter_forms(todo):
    """The forms of `todo` that are shorter than the whole and differ from each other, the shortest first."""
    forms = [Form(str(minutes), _only(todo, _fitting(todo, minutes))) for minutes in MINUTES if todo.items]
    if todo.session.kind == SessionKind.SESSION:
        forms.append(Form(SHORT, _only(todo, short_form(_adapted(todo)))))
    different = {_numbers(form.todo): form for form in forms if len(form.todo.items) < len(todo.items)}
    return sorted(different.values(), key=lambda form: form.todo.minutes)


def form_called(todo, name):
    """`todo` in the form with this name; the whole of it where there is no such form."""
    forms = shorter_forms(todo) if name else []
    return next((form.todo for form in forms if form.name == name), todo)


def _fitting(todo, minutes):
    return session_that_fits(minutes, _adapted(todo), todo.session.setup_seconds)


def _adapted(todo):
    return [item.adapted for item in todo.items]


def _numbers(todo):
    return tuple(item.number for item in todo.items)


def _only(todo, chosen):
    items = [item for item in todo.items if item.adapted in chosen]
    kept = {item.number for item in items}
    steps = tuple(step for step in todo.steps if step.exercise_index + 1 in kept)
    return replace(todo, items=items, steps=steps, is_short=True)
