"""What an expression is, found by reading: names, attributes, calls and annotations are followed, nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache

from tests.plugged_in.kinds import ANY_TEXT, NOTHING, Kind, Kinds, instance, itself, many, one_of, union
from tests.plugged_in.names import is_class, is_protocol, members_named
from tests.plugged_in.product import definitions
from tests.plugged_in.scopes import Scope, scope_of
from tests.plugged_in.syntax import FUNCTIONS, decorators_of, name_of

# Decorators that leave what a function answers as it is.
TRANSPARENT = {"atomic", "cache", "lru_cache", "wraps", "classmethod", "staticmethod", "display", "action"}
PROPERTIES = {"property", "cached_property"}
PLAIN = {"str", "int", "float", "bool", "bytes", "date", "datetime", "timedelta", "Path"}
SEVERAL = {"list", "tuple", "set", "frozenset", "Sequence", "Iterable", "Iterator", "Collection"}
SAME = {
    "list",
    "tuple",
    "sorted",
    "reversed",
    "set",
    "filter",
}  # give what they are given, in another order or form


def kinds_of(node: ast.expr, scope: Scope) -> Kinds:
    """What an expression may be."""
    match node:
        case ast.Name():
            return _of_name(node.id, scope)
        case ast.Attribute():
            kinds = kinds_of(node.value, scope)
            return None if kinds is None else union(of_member(kind, node.attr) for kind in kinds)
        case ast.Call():
            return _of_call(node, scope)
        case ast.IfExp():
            return union([kinds_of(node.body, scope), kinds_of(node.orelse, scope)])
        case ast.BoolOp():
            return union(kinds_of(value, scope) for value in node.values)
        case ast.NamedExpr():
            return kinds_of(node.value, scope)
        case ast.List() | ast.Tuple() | ast.Set() if node.elts:
            return many(union(kinds_of(one, scope) for one in node.elts))
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
            return many(kinds_of(node.elt, scope))
        case ast.Subscript(slice=ast.Constant(value=int()) | ast.UnaryOp()):
            return one_of(kinds_of(node.value, scope))
        case ast.Subscript(slice=ast.Slice()):
            return kinds_of(node.value, scope)
        case ast.Constant(value=None):
            return NOTHING
        case ast.Constant() | ast.JoinedStr():
            return ANY_TEXT
    return None


def promised_by(annotation: ast.expr | None, scope: Scope) -> Kinds:
    """What an annotation promises."""
    match annotation:
        case ast.Constant(value=None):
            return NOTHING
        case ast.Constant(value=str() as text):
            return promised_by(ast.parse(text, mode="eval").body, scope)
        case ast.BinOp(op=ast.BitOr()):
            return union([promised_by(annotation.left, scope), promised_by(annotation.right, scope)])
        case ast.Name(id="Self") if scope.owner:
            return instance(scope.owner)
        case ast.Name() if annotation.id in PLAIN:
            return ANY_TEXT
        case ast.Subscript(value=ast.Name(id=outer)) if outer in SEVERAL:
            return many(promised_by(_item(annotation.slice), scope))
        case ast.Name() | ast.Attribute():
            found = kinds_of(annotation, scope)
            if found and all(kind.what == "itself" and _is_kept(kind.name) for kind in found):
                return frozenset(Kind("instance", kind.name) for kind in found)
    return None


def _is_kept(name: str) -> bool:
    """Whether what is annotated with this name is an instance of its class or of one made from it."""
    return is_class(name) and not is_protocol(name)


def _item(inner: ast.expr) -> ast.expr | None:
    """What is in a list[X], tuple[X] or tuple[X, ...]; None where different things may be."""
    if not isinstance(inner, ast.Tuple):
        return inner
    is_mixed = len(inner.elts) > 1 and ast.unparse(inner.elts[1]) != "..."
    return None if is_mixed else inner.elts[0]


def of_member(kind: Kind, short: str) -> Kinds:
    """What the attribute `short` of something is."""
    if kind.what == "plain":
        return ANY_TEXT
    if kind.what == "many":
        return None
    if kind.name.endswith(":"):
        found = Scope.of_module(kind.name[:-1]).meant_by(short)
        return _itself(found) if found else None
    if not is_class(kind.name):
        return None
    look = _read if kind.what == "instance" else _itself
    found = [look(one) for one in members_named(kind.name, short)]
    return union(found) if found else None


_being_asked: set[tuple] = set()


def _of_name(name: str, scope: Scope) -> Kinds:
    if not scope.is_local(name):
        meant = scope.meant_by(name)
        return _itself(meant) if meant else None
    if (scope, name) in _being_asked:
        return NOTHING  # it is made from itself: its other values tell
    _being_asked.add((scope, name))
    try:
        return union(_of_value(value, scope) for value in scope.values[name])
    finally:
        _being_asked.discard((scope, name))


def _of_value(value: object, scope: Scope) -> Kinds:
    """What one of the things is that a local name is given."""
    if value is None:
        return None
    how, node = value
    if how == "self":
        return frozenset([Kind(node, scope.owner)])
    if how == "each":
        return one_of(kinds_of(node, scope))
    return promised_by(node, scope) if how == "annotation" else kinds_of(node, scope)


def _of_call(node: ast.Call, scope: Scope) -> Kinds:
    if isinstance(node.func, ast.Name) and node.args and not scope.meant_by(node.func.id):
        if node.func.id in SAME | {"replace"}:
            return kinds_of(node.args[-1 if node.func.id == "filter" else 0], scope)
        if node.func.id == "next":
            first, *default = (kinds_of(one, scope) for one in node.args)
            return union([one_of(first), *default])
    kinds = kinds_of(node.func, scope)
    return None if kinds is None else union(called(kind) for kind in kinds)


def called(kind: Kind) -> Kinds:
    """What calling something gives."""
    if kind.what == "plain":
        return ANY_TEXT
    if kind.what != "itself" or kind.name not in definitions():
        return None
    if is_class(kind.name):
        return instance(kind.name)
    return answer_of(kind.name) if isinstance(definitions()[kind.name].first, FUNCTIONS) else None


@cache
def _itself(name: str) -> Kinds:
    """What a global name or member of a class is when it is read: a constant is what it was given."""
    one = definitions().get(name)
    if one is None or isinstance(one.first, (*FUNCTIONS, ast.ClassDef)):
        return itself(name)
    if len(one.statements) > 1:
        return None
    scope = Scope(one.module, one.owner)
    if isinstance(one.first, ast.AnnAssign):
        return promised_by(one.first.annotation, scope)
    is_one_name = isinstance(one.first, ast.Assign) and isinstance(one.first.targets[0], ast.Name)
    return kinds_of(one.first.value, scope) if is_one_name else None


@cache
def _read(name: str) -> Kinds:
    """What reading a member of an instance gives."""
    one = definitions()[name]
    if isinstance(one.first, ast.AnnAssign):
        return promised_by(one.first.annotation, Scope(one.module, one.owner))
    if isinstance(one.first, FUNCTIONS):
        decorated = {name_of(decorator) for decorator in decorators_of(one.first)}
        return answer_of(name) if decorated & PROPERTIES else _itself(name)
    return None


@cache
def answer_of(name: str) -> Kinds:
    """What a function returns."""
    one = definitions()[name]
    scope = scope_of(one)
    if {name_of(decorator) for decorator in decorators_of(one.first)} - TRANSPARENT - PROPERTIES:
        return None
    if one.first.returns is not None:
        return promised_by(one.first.returns, scope)
    if (name,) in _being_asked:
        return NOTHING
    _being_asked.add((name,))
    try:
        own = list(_own_nodes(one.first))
        if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in own):
            return None
        answers = [node.value for node in own if isinstance(node, ast.Return) and node.value]
        return union(kinds_of(answer, scope) for answer in answers)
    finally:
        _being_asked.discard((name,))


def _own_nodes(function: ast.AST) -> Iterable[ast.AST]:
    """All nodes of a function without those of functions inside it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            yield node
            yield from _own_nodes(node)
