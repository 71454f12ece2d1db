"""Tables that word codes, and whether anything can give each of their codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from tests.plugged_in.product import ROOT, Definition, definitions
from tests.plugged_in.reaching import reach
from tests.plugged_in.scopes import Scope
from tests.plugged_in.syntax import name_of

MARKS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "Words", "QuestionWords", "OptionWords"}
WORDS_IN_FILES = re.compile(r"[\w-]+")
FILES = (
    "programs/content/**/*.yaml",
    "postpartum/demo/**/*.yaml",
    "static/js/**/*.js",
    "templates/**/*.html",
)


class Code(NamedTuple):
    """A code that a table words: a text, or a member of an enumeration ("Advice.RESCREEN")."""

    table: str
    code: str
    place: str
    value: str


def codes() -> Iterator[Code]:
    """Every code of every table."""
    for one, table in _tables():
        for key in table.keys:
            if code := _code(key):
                yield Code(one.name, code, f"{one.place.rpartition(':')[0]}:{key.lineno}", _value(one, key))


def is_given(code: Code) -> bool:
    """Whether something else than a table of words says this code."""
    said = {code.code, code.value}
    if said & _said_elsewhere() or said & _in_files():
        return True
    return any(
        fnmatchcase(code.value, pattern) for pattern in reach().patterns if len(pattern.strip("*")) > 3
    )


@cache
def _tables() -> tuple[tuple[Definition, ast.Dict], ...]:
    """Dicts at the top of a module, and those within them, whose values are words for people."""
    found = []
    for one in definitions().values():
        if one.owner is None and not one.is_code and one.name in reach().reached:
            nodes = [node for statement in one.statements for node in ast.walk(statement)]
            found += [(one, node) for node in nodes if isinstance(node, ast.Dict) and _is_worded(node)]
    return tuple(found)


def _is_worded(table: ast.Dict) -> bool:
    return bool(table.values) and all(
        isinstance(value, ast.Call) and name_of(value.func) in MARKS for value in table.values
    )


def _code(key: ast.expr | None) -> str:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return key.value
    is_member = isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name)
    return f"{key.value.id}.{key.attr}" if is_member else ""


def _value(one: Definition, key: ast.expr) -> str:
    """What the code is in data: the value of a member of an enumeration, the text itself."""
    if isinstance(key, ast.Constant):
        return key.value
    member = definitions().get(f"{Scope(one.module).meant_by(key.value.id)}.{key.attr}")
    value = member and getattr(member.first, "value", None)
    while isinstance(value, ast.Tuple):
        value = value.elts[0]
    return str(getattr(value, "value", ""))


@cache
def _said_elsewhere() -> frozenset[str]:
    """Every text and member of an enumeration in code that is reached, but for keys of tables of words."""
    keys = {id(key) for _one, table in _tables() for key in table.keys}
    said = set()
    for name in reach().reached & definitions().keys():
        one = definitions()[name]
        if isinstance(one.first, ast.ClassDef) or (one.owner and not one.is_code):
            continue
        for node in (node for statement in one.statements for node in ast.walk(statement)):
            if id(node) not in keys and (code := _code(node)):
                said.add(code)
            if isinstance(node, ast.keyword) and node.arg:
                said.add(node.arg)
    return frozenset(said)


@cache
def _in_files() -> frozenset[str]:
    """Every word in content, templates and scripts."""
    paths = [path for files in FILES for path in ROOT.glob(files)]
    return frozenset(word for path in paths for word in WORDS_IN_FILES.findall(path.read_text()))
