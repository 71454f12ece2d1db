"""Where tests change how the product is put together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.plugged_in.product import ROOMS, ROOT
from tests.plugged_in.syntax import name_of

TESTS = ROOT / "tests"
PUT_TOGETHER = {
    "AUTHENTICATION_BACKENDS", "CACHES", "CONTENT_SECURITY_POLICY", "DATABASES", "INSTALLED_APPS", "LOGGING",
    "MIDDLEWARE", "ROOT_URLCONF", "STORAGES", "TEMPLATES",
}  # fmt: skip
OVERRIDING = {"override_settings", "modify_settings", "patch"}
PATCHING = {"setattr", "delattr", "setitem", "delitem"}
CHANGING = {"append", "insert", "extend", "remove", "update", "pop", "setdefault"}
HINTS = re.compile("|".join([*PUT_TOGETHER, *OVERRIDING, *PATCHING, r"\w\.[A-Z_]+ = "]))
CLOCKS = ("timezone.now", "time.time")  # time is nobody's to plug in


def changes() -> Iterator[tuple[str, str]]:
    """("tests/x.py: what is changed", file and line) for every change."""
    for path in TESTS.rglob("*.py"):
        text = path.read_text()
        if path.parent.name != "plugged_in" and HINTS.search(text):
            tree = ast.parse(text)
            ours = _imported_from_us(tree)
            for node in ast.walk(tree):
                for what in _changed_by(node, ours):
                    place = path.relative_to(ROOT)
                    yield f"{place}: {what}", f"{place}:{node.lineno}"


def own_settings() -> set[str]:
    """The names that the settings of the tests set anew."""
    tree = ast.parse((TESTS / "settings.py").read_text())
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def _changed_by(node: ast.AST, ours: set[str]) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            yield from (what for target in targets for what in _changed_at(target, ours))
        case ast.AugAssign(target=target):
            yield from _changed_at(target, ours)
        case ast.Call(func=ast.Attribute(attr=attr, value=value)) if attr in CHANGING:
            yield from _changed_at(value, ours)
        case ast.Call() if name_of(node.func) in OVERRIDING and node.args + node.keywords:
            yield f"{name_of(node.func)}({', '.join(keyword.arg or '' for keyword in node.keywords)})"
        case ast.Call(func=ast.Attribute(attr=attr), args=[target, *others]) if attr in PATCHING:
            yield from _patched(target, others, ours)


def _changed_at(target: ast.expr, ours: set[str]) -> Iterator[str]:
    """`settings.CACHES`, `settings.CACHES["default"]`, `background.QUEUES`."""
    while isinstance(target, ast.Subscript):
        target = target.value
    for one in target.elts if isinstance(target, ast.Tuple) else [target]:
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            is_setting = "settings" in one.value.id and one.attr in PUT_TOGETHER
            if is_setting or (one.value.id in ours and one.attr.isupper()):
                yield ast.unparse(one)


def _patched(target: ast.expr, others: list[ast.expr], ours: set[str]) -> Iterator[str]:
    if isinstance(target, ast.Constant) and isinstance(target.value, str):
        if target.value.startswith(tuple(f"{room}." for room in ROOMS)) and not target.value.endswith(CLOCKS):
            yield target.value
    elif _root(target) in ours or "settings" in _root(target):
        name = others[0].value if others and isinstance(others[0], ast.Constant) else ""
        yield f"{ast.unparse(target)}.{name}"


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return getattr(node, "id", "")


def _imported_from_us(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ROOMS:
            found |= {one.asname or one.name for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                one.asname or one.name.split(".")[0] for one in node.names if one.name.split(".")[0] in ROOMS
            }
    return found
