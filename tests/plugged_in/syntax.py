"""Small questions about pieces of Python's syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TypeGuard

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_text(node: ast.AST | None) -> TypeGuard[ast.Constant]:
    """Whether it is a text written out."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def texts_in(nodes: Iterable[ast.AST]) -> list[str]:
    """Every text written out anywhere in these."""
    return [node.value for part in nodes for node in ast.walk(part) if is_text(node)]


def name_of(node: ast.expr) -> str:
    """The last part of a decorator's or function's name: "atomic" of `@transaction.atomic`."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def decorators_of(node: ast.AST) -> list[ast.expr]:
    """The decorators of a function or class; none of anything else."""
    return getattr(node, "decorator_list", [])
