"""What the variables of templates are: what code puts into any context under that name, and what tags make of it.

All templates are taken together: a name is everything that it is anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from tests.plugged_in.inference import called, kinds_of, of_member
from tests.plugged_in.kinds import NOTHING, Kinds, one_of, union
from tests.plugged_in.names import is_class, members_named
from tests.plugged_in.rendering import put_in_contexts
from tests.plugged_in.templates import templates

# Put there by libraries, whatever our own code puts there under the same name.
OF_LIBRARIES = {"block", "form", "forloop", "messages", "perms", "request", "user"}


@cache
def asked_by(path: str) -> tuple[set[str], set[str]]:
    """What a path in a template, such as "facts.week.theme", asks for.

    Members by their whole name, and attributes of what reading cannot tell by their short one.
    """
    first, *others = path.split(".")
    kinds = variable(first)
    members, attributes = set(), set()
    for short in others:
        if kinds is None:
            attributes.add(short)
            continue
        members |= {name for kind in kinds if is_class(kind.name) for name in members_named(kind.name, short)}
        kinds = _next(kinds, short)
    return members, attributes


_being_asked: set[str] = set()


@cache
def variable(name: str) -> Kinds:
    """What the variable `name` may be."""
    given, made = put_in_contexts().get(name, ()), _made_by_tags().get(name, ())
    if name in OF_LIBRARIES or not (given or made):
        return None
    if name in _being_asked:
        return NOTHING
    _being_asked.add(name)
    try:
        found = [kinds_of(node, scope) for scope, node in given]
        return union(found + [_made(how, path) for how, path in made])
    finally:
        _being_asked.discard(name)


def _next(kinds: Kinds, short: str) -> Kinds:
    """What is reached by one step of a path; a template calls what can be called."""
    if short.isdigit():
        return one_of(kinds)
    found = union(of_member(kind, short) for kind in kinds)
    return found and union(called(kind) if kind.what == "itself" else frozenset([kind]) for kind in found)


def _made(how: str, path: str) -> Kinds:
    """What a tag gives to a variable it makes."""
    if not how:
        return None
    first, *others = path.split(".")
    kinds = variable(first)
    for short in others:
        kinds = None if kinds is None else _next(kinds, short)
    return one_of(kinds) if how == "each" else kinds


@cache
def _made_by_tags() -> dict[str, set[tuple[str, str]]]:
    found = defaultdict(set)
    for template in templates().values():
        for name, how, path in template.given:
            found[name].add((how, path))
    return found
