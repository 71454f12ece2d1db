"""Shorter forms of today's session: the short form, or what fits into a number of minutes.

An exercise keeps its number, so that what was done in a shorter form counts in the whole session too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from common.unchanging import ByIdentity
from programs.facts.adapted_session import AdaptedSession
from programs.rules.adaptation import short_form
from programs.rules.fitting import session_that_fits
from programs.rules.prescribing import AdaptedPrescription
from programs.rules.vocabulary import SessionKind

SHORT = "short"
MINUTES = (3, 7, 12)


@dataclass(frozen=True)
class ShorterForm:
    """A shorter form of a session; `name` is "short", "3", "7" or "12" (minutes)."""

    name: str
    todo: AdaptedSession


def shorter_forms(todo: AdaptedSession) -> tuple[ShorterForm, ...]:
    """Return the forms of `todo` that are shorter than the whole and differ from each other, shortest first."""
    return _shortened_once(ByIdentity(todo))


@lru_cache(1024)
def _shortened_once(whole: ByIdentity[AdaptedSession]) -> tuple[ShorterForm, ...]:
    todo = whole.it
    forms = [
        ShorterForm(str(minutes), _only(todo, _fitting(todo, minutes))) for minutes in MINUTES if todo.items
    ]
    if todo.session.kind == SessionKind.SESSION:
        forms.append(ShorterForm(SHORT, _only(todo, short_form(_adapted(todo)))))
    different = {_numbers(form.todo): form for form in forms if len(form.todo.items) < len(todo.items)}
    return tuple(sorted(different.values(), key=lambda form: form.todo.minutes))


def form_named(todo: AdaptedSession, name: str) -> AdaptedSession:
    """Return `todo` in the form with this name, or the whole of it if there is no such form."""
    forms = shorter_forms(todo) if name else ()
    return next((form.todo for form in forms if form.name == name), todo)


def _fitting(todo: AdaptedSession, minutes: int) -> Sequence[AdaptedPrescription]:
    return session_that_fits(minutes, _adapted(todo), todo.session.setup_seconds)


def _adapted(todo: AdaptedSession) -> list[AdaptedPrescription]:
    return [item.adapted for item in todo.items]


def _numbers(todo: AdaptedSession) -> tuple[int, ...]:
    return tuple(item.number for item in todo.items)


def _only(todo: AdaptedSession, chosen: Collection[AdaptedPrescription]) -> AdaptedSession:
    items = tuple(item for item in todo.items if item.adapted in chosen)
    numbers = {item.number for item in items}
    steps = tuple(step for step in todo.steps if step.exercise_index + 1 in numbers)
    return replace(todo, items=items, steps=steps, is_short=True)
