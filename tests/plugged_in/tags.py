"""The template tags and filters of the product, and what each runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.plugged_in.product import Module, modules
from tests.plugged_in.scopes import Scope
from tests.plugged_in.syntax import decorators_of


@cache
def tags() -> dict[str, str]:
    """The definition that each tag or filter runs, by its name in templates."""
    libraries = [module for module in modules().values() if ".templatetags." in module.name]
    return {name: meant for module in libraries for name, meant in _tags_of(module)}


def is_tag(statement: ast.stmt) -> bool:
    """Whether a statement says that a function is a tag or filter: `register.filter("name", function)`."""
    return isinstance(statement, ast.Expr) and _is_registering(statement.value)


def _tags_of(module: Module) -> Iterator[tuple[str, str]]:
    for one in module.definitions.values():
        for decorator in decorators_of(one.first):
            if _is_registering(decorator):
                yield _named_in(decorator) or one.short, one.name
    for statement in module.loose:
        if is_tag(statement):
            name, target = statement.value.args
            yield name.value, _meant_by(target, module)


def _meant_by(target: ast.expr, module: Module) -> str:
    """The function that `function` or `module.function` stands for."""
    if isinstance(target, ast.Attribute):
        of = Scope(module).meant_by(target.value.id)
        return Scope(modules()[of.rstrip(":")]).meant_by(target.attr)
    return Scope(module).meant_by(target.id)


def _is_registering(node: ast.expr) -> bool:
    node = node.func if isinstance(node, ast.Call) else node
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "register"


def _named_in(decorator: ast.expr) -> str:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return next((one.value.value for one in keywords if one.arg == "name"), "")
