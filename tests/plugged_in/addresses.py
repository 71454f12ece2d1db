"""The site's named addresses, and which of them something links to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.plugged_in.product import Definition, definitions, modules
from tests.plugged_in.reaching import reach
from tests.plugged_in.syntax import FUNCTIONS, is_text, name_of, texts_in
from tests.plugged_in.templates import in_a_library, templates

REVERSING = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
LIBRARIES = ("allauth.account", "allauth.mfa", "allauth.usersessions")
QUOTED = re.compile(r"[\"'](\w+)[\"']")


@cache
def ours() -> dict[str, str]:
    """Our names of addresses, each with its place in the code: `path(…, name="x")`, and the desk's table of pages."""
    found = {}
    for module in modules().values():
        for node in ast.walk(module.tree):
            if name := _named(node):
                found[name] = f"{module.name}:{node.lineno}"
            elif module.name.endswith(".urls") and isinstance(node, ast.Tuple) and len(node.elts) == 3:
                found[node.elts[2].value] = f"{module.name}:{node.lineno}"
    return found


@cache
def linked() -> set[str]:
    """Every name of an address that a template links to, or that code leads to; without "admin:" before it."""
    pages = [templates()[one] for one in reach().templates]
    pages += [of_library for one in pages for text in one.texts if (of_library := in_a_library(text))]
    in_templates = {name for one in pages for name in one.urls}
    in_code = {name for one in reach().reached & definitions().keys() for name in _led_to(definitions()[one])}
    passed_on = {text for one in pages for text in one.texts if text in ours()}
    return {name.removeprefix("admin:") for name in in_templates | in_code | passed_on}


def _named(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and name_of(node.func) in ("path", "re_path"):
        names = [one.value for one in node.keywords if one.arg == "name"]
        return names[0].value if names and is_text(names[0]) else ""
    return ""


def _led_to(one: Definition) -> Iterator[str]:
    """The names that a definition hands to `reverse` and the like."""
    if one.module.name == "postpartum.settings":  # LOGIN_URL and its kind
        yield from texts_in([one.first])
        return
    for statement in one.statements if not isinstance(one.first, ast.ClassDef) else []:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in REVERSING | _wrappers():
                yield from _names_in(node.args[0], one)


def _names_in(node: ast.expr, one: Definition) -> Iterator[str]:
    """The texts that an argument may be. One that is computed may be any text its function or its tables hold."""
    if is_text(node):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _names_in(node.body, one)
        yield from _names_in(node.orelse, one)
    elif not isinstance(node, ast.JoinedStr):
        yield from _texts_near(one)


def _texts_near(one: Definition) -> Iterator[str]:
    around = [one.first]
    if one.owner:
        around.append(definitions()[one.owner].first)
    named = {node.id for part in around for node in ast.walk(part) if isinstance(node, ast.Name)}
    tables = [one.module.definitions.get(f"{one.module.name}:{name}") for name in named]
    around += [table.first for table in tables if table and not table.is_code]
    yield from texts_in(around)


@cache
def _wrappers() -> frozenset[str]:
    """Functions of ours that hand their first argument on to `reverse`."""
    found = set()
    for one in definitions().values():
        if isinstance(one.first, FUNCTIONS) and one.first.args.args:
            first = one.first.args.args[0].arg
            calls = [node for node in ast.walk(one.first) if isinstance(node, ast.Call) and node.args]
            if any(name_of(call.func) in REVERSING and _is_name(call.args[0], first) for call in calls):
                found.add(one.short)
    return frozenset(found)


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


@cache
def known_to_libraries() -> frozenset[str]:
    """Every quoted word in the code of the libraries whose addresses we include."""
    folders = [Path(find_spec(name).submodule_search_locations[0]) for name in LIBRARIES]
    paths = [path for folder in folders for path in folder.rglob("*.py") if path.name != "urls.py"]
    return frozenset(word for path in paths for word in QUOTED.findall(path.read_text()))
