"""Every field is read by somebody: a field that is only written, edited and kept says nothing to anyone."""

import dataclasses
from functools import cache

from django.db.models import Model

from tests.plugged_in.exceptions import UNREAD, UNREAD_CONTENT, check
from tests.plugged_in.names import lineage, members_named, real
from tests.plugged_in.product import Definition, definitions
from tests.plugged_in.reaching import reach

# Who writes, edits, checks or copies words is no reader of theirs.
WRITTEN_BY_HER = ("programs.plan.parts", "programs.plan.media", "programs.plan.whole", "blog.models.")
CARRIERS = (".admin.", ".files.", ".plan.checks.", ".exporters.", ".management.", ".demo.")


def test_every_field_of_what_the_therapist_writes_is_read():
    """Somebody else than those who edit, check or copy it says it or follows it."""
    found = {}
    for one in _fields():
        readers = readers_of(one)
        if not one.short.endswith(("_at", "_by")):  # who wrote a row, and when, is for those who edit
            readers = {who for who in readers if not any(part in f".{who}." for part in CARRIERS)}
        if _is_written_by_her(one) and not readers:
            found[one.name] = f"{one.name} ({one.place}) is written, edited and kept, and read by nobody"
    check(found, UNREAD_CONTENT)


def test_every_other_field_is_read():
    """Columns of what happens are read all together, by the copy a member may ask for and by reports."""
    found = {}
    for one in _fields():
        if not _is_model(one) and not _is_written_by_her(one) and not readers_of(one):
            found[one.name] = f"{one.name} ({one.place}) is filled in, and read by nobody"
    check(found, UNREAD)


def readers_of(one: Definition) -> set[str]:
    """The modules that read a field; "templates" for all templates."""
    names = {one.short, f"?{one.short}"}
    for owner in lineage(one.owner):
        names |= set(members_named(owner, one.short))
    return {who for name in names for who in reach().asked.get(name, ())}


def _fields() -> list[Definition]:
    """Every field of a dataclass or model; a named tuple is often taken apart without a name."""
    return [
        one
        for one in definitions().values()
        if one.owner in reach().reached and not one.is_code and "__" not in one.short and _may_be_field(one)
    ]


def _may_be_field(one: Definition) -> bool:
    kind = real(one.owner)
    return dataclasses.is_dataclass(kind) or _is_model(one)


def _is_model(one: Definition) -> bool:
    return issubclass(real(one.owner), Model) and not one.short.isupper() and one.short != "objects"


def _is_written_by_her(one: Definition) -> bool:
    """A row's field that a part of the plan has, too, is read there."""
    name = one.module.name
    if name == "programs.models.content":
        return one.short not in _names_in_plan()
    return name.startswith(WRITTEN_BY_HER) and name != "blog.models.imports"


@cache
def _names_in_plan() -> frozenset[str]:
    return frozenset(
        one.short for one in definitions().values() if one.module.name.startswith("programs.plan.")
    )
