"""What something is, as far as reading can tell: an instance of which class, or which definition itself.

Where reading cannot tell, a use of an attribute counts for every class that has one of that name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Kind(NamedTuple):
    """`what` is "instance", "many" (of these) or "itself" with the name of a definition; "plain" is none of ours."""

    what: str
    name: str = ""


Kinds = frozenset[Kind] | None  # None: anything
NOTHING: Kinds = frozenset()
ANY_TEXT: Kinds = frozenset([Kind("plain")])


def instance(name: str) -> Kinds:
    """An instance of the class of this name."""
    return frozenset([Kind("instance", name)])


def itself(name: str) -> Kinds:
    """The definition of this name, not what comes of it."""
    return frozenset([Kind("itself", name)])


def union(found: Iterable[Kinds]) -> Kinds:
    """Any of these; anything, if one of them is."""
    all_of = list(found)
    return None if None in all_of else frozenset(kind for kinds in all_of for kind in kinds)


def many(kinds: Kinds) -> Kinds:
    """Several of these."""
    return _turned(kinds, "instance", "many")


def one_of(kinds: Kinds) -> Kinds:
    """One of several."""
    return _turned(kinds, "many", "instance")


def _turned(kinds: Kinds, before: str, after: str) -> Kinds:
    is_known = kinds is not None and all(kind.what == before for kind in kinds)
    return frozenset(Kind(after, kind.name) for kind in kinds) if is_known else None
