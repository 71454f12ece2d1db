"""What code puts into the contexts of templates."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from tests.plugged_in.names import in_module
from tests.plugged_in.product import Module, definitions, modules
from tests.plugged_in.scopes import Scope, scope_of
from tests.plugged_in.syntax import FUNCTIONS, is_text, name_of
from tests.plugged_in.templates import templates

ENDINGS = (".html", ".txt")


@cache
def put_in_contexts() -> dict[str, list[tuple[Scope, ast.expr]]]:
    """By name of the variable all that any function gives it, each with the scope in which to read it."""
    found = defaultdict(list)
    for one in definitions().values():
        if isinstance(one.first, FUNCTIONS) and (one.module.name in _rendering() or one.name in _helpers()):
            for name, node in _pairs(one.first):
                found[name].append((scope_of(one), node))
    return found


def _pairs(function: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """`{"name": …}`, `context["name"] = …`, and `name=…` for a function that takes any name."""
    for node in ast.walk(function):
        match node:
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                yield from ((key.value, value) for key, value in pairs if is_text(key))
            case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value=str() as name))]):
                yield name, node.value
            case ast.Call() if name_of(node.func) in _taking_any():
                yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)


@cache
def _taking_any() -> frozenset[str]:
    """Functions that may hand on keywords as they are."""
    functions = [one for one in definitions().values() if isinstance(one.first, FUNCTIONS)]
    return frozenset(one.short for one in functions if one.first.args.kwarg) | {"dict"}


@cache
def _rendering() -> frozenset[str]:
    """The modules that name a template."""
    return frozenset(module.name for module in modules().values() if _renders(module))


def _renders(module: Module) -> bool:
    likely = any(ending in module.text for ending in ENDINGS)
    return likely and any(_names_template(node) for node in ast.walk(module.tree))


def _names_template(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return is_text(node.values[-1]) and node.values[-1].value.endswith(ENDINGS)
    return is_text(node) and node.value in templates()


@cache
def _helpers() -> frozenset[str]:
    """Functions elsewhere that answer a dict to modules that render."""
    aliases = [(name, alias) for name in _rendering() for alias in modules()[name].aliases]
    asked = {in_module(name, alias) for name, alias in aliases} & definitions().keys()
    return frozenset(name for name in asked if _answers_dict(definitions()[name].first))


def _answers_dict(node: ast.AST) -> bool:
    answers = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
    return any(isinstance(inner, ast.Dict) for answer in answers for inner in ast.walk(answer))
