"""What a definition of the product refers to: other definitions, attributes of whatever it is given, and texts."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from tests.plugged_in.inference import kinds_of
from tests.plugged_in.kinds import Kinds
from tests.plugged_in.names import in_module, is_class, members_named
from tests.plugged_in.product import Definition, Module, imports_of
from tests.plugged_in.scopes import Scope, scope_of
from tests.plugged_in.syntax import FUNCTIONS, is_text, name_of, texts_in

# What names an attribute in a text.
BY_TEXT = {"attrgetter", "getattr", "hasattr", "method_decorator", "methodcaller"}
# What takes columns of the database by keyword ("article__slug") or in a text ("-published_at").
LOOKUPS = {
    "Q", "F", "filter", "exclude", "get", "get_object_or_404", "order_by", "values", "values_list", "distinct",
    "aggregate", "annotate", "Count", "Sum", "Max", "Min", "Avg", "Lower", "OuterRef", "Coalesce", "SearchVector",
}  # fmt: skip


@dataclass
class References:
    """`definitions` by name, and `attributes` of what reading cannot tell.

    `patterns` are texts with a * for each part that is filled in, `lookups` columns that a query asks about.
    """

    definitions: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    lookups: set[str] = field(default_factory=set)


def references_of(one: Definition) -> References:
    """What a function, constant or the outside of a class refers to; a class's members speak for themselves."""
    found = References()
    for statement in one.statements:
        if isinstance(statement, ast.ClassDef):
            outside = [*statement.bases, *statement.keywords, *statement.decorator_list]
            for node in outside + _loose(statement):
                _Reader(found, Scope(one.module, one.name)).visit(node)
        elif isinstance(statement, FUNCTIONS):
            for node in statement.decorator_list:
                _Reader(found, Scope(one.module, one.owner)).visit(node)
            scope = scope_of(one) if statement is one.first else Scope(one.module, one.owner, statement)
            _Reader(found, scope).read_function(statement)
        else:
            _Reader(found, Scope(one.module, one.owner)).visit(statement)
    return found


def references_in(module: Module, statements: list[ast.stmt]) -> References:
    """What statements at the top of a module refer to, as they are run."""
    found = References()
    for statement in statements:
        _Reader(found, Scope(module)).visit(statement)
    return found


def _loose(node: ast.ClassDef) -> list[ast.stmt]:
    """What runs when the class is made and binds no member."""
    return [one for one in node.body if isinstance(one, ast.If | ast.For | ast.With | ast.Try)]


class _Reader(ast.NodeVisitor):
    def __init__(self, found: References, scope: Scope):
        self.found, self.scope = found, scope

    def read_function(self, node: ast.FunctionDef) -> None:
        self.visit(node.args)
        for part in [node.returns, *node.body]:
            if part is not None:
                self.visit(part)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            return
        meant = self.scope.meant_by(node.id)
        if meant:
            self.found.definitions.add(meant)
        elif self.scope.owner and self.scope.function is None:
            self.found.definitions.add(f"{self.scope.owner}.{node.id}")  # in the body of a class

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for source, there in imports_of(self.scope.module, node).values():
            self.found.definitions |= {f"{source}:", f"{source}.{there}:"}

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        if not isinstance(node.ctx, ast.Load):
            return
        kinds = kinds_of(node.value, self.scope)
        if kinds is None:
            self.found.attributes.add(node.attr)
            return
        self.found.definitions |= _members(kinds, node.attr)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str | int):
            self.found.texts.add(str(node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [one.value if isinstance(one, ast.Constant) else "*" for one in node.values]
        self.found.patterns.add("".join(parts))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if name_of(node.func) in BY_TEXT:
            self.found.attributes |= set(texts_in([*node.args, *node.keywords]))
        if name_of(node.func) in LOOKUPS:
            self.found.lookups |= _looked_up(node)
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.generic_visit(node)


def _members(kinds: Kinds, short: str) -> set[str]:
    found = set()
    for kind in kinds or ():
        if kind.what != "many" and is_class(kind.name):
            found |= set(members_named(kind.name, short))
        elif kind.name.endswith(":"):
            found.add(in_module(kind.name[:-1], short) or "")
    return found


def _looked_up(node: ast.Call) -> set[str]:
    texts = [one.value for one in node.args if is_text(one)]
    paths = [*texts, *(keyword.arg for keyword in node.keywords if keyword.arg)]
    return {part for path in paths for part in path.lstrip("-").split("__")}
