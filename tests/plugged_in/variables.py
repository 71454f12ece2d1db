"""The environment's variables: which the README's table names, and which the product reads."""

from __future__ import annotations

import ast
import re

from tests.plugged_in.product import ROOT, modules
from tests.plugged_in.syntax import name_of, texts_in

README = ROOT / "README.md"
SCRIPTS = [path for path in [*(ROOT / "script").rglob("*"), *(ROOT / "bench").iterdir()] if path.is_file()]
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")
IN_SHELL = re.compile(r"\$\{?([A-Z][A-Z0-9_]+)")
SET_IN_SHELL = re.compile(r"^\s*(?:export )?([A-Z][A-Z0-9_]+)=(?:\S+$|\$\(|'|\")", re.MULTILINE)
DEFAULT_NAMES = {
    "db": ["DATABASE_URL"],
    "email_url": ["EMAIL_URL"],
}  # what django-environ reads when not told
READING = {"get", "getenv", "pop", "setdefault", "env", "bool", "int", "list", "json", "email_url", "db"}


def in_table() -> set[str]:
    """The variables of the README's table of configuration."""
    table = README.read_text().partition("| variable |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in VARIABLE.findall(cell)}


def read() -> dict[str, str]:
    """The variables that the product reads, each with a place."""
    found = {}
    for module in modules().values():
        wrappers = _wrappers(module.tree)
        for node in ast.walk(module.tree):
            for name in _read_by(node, wrappers):
                found.setdefault(name, f"{module.path.relative_to(ROOT)}:{node.lineno}")
    for path in SCRIPTS:
        if path.suffix in ("", ".sh"):
            text = path.read_text()
            for name in set(IN_SHELL.findall(text)) - set(SET_IN_SHELL.findall(text)):
                found.setdefault(name, str(path.relative_to(ROOT)))
    return found


def _read_by(node: ast.AST, wrappers: set[str]) -> list[str]:
    """`environ["X"]`, `env("X")`, `environ.get("X")`, `"X" in environ`, `environ.keys() & {"X", "Y"}`."""
    if isinstance(node, ast.Subscript) and _is_environment(node.value) and isinstance(node.ctx, ast.Load):
        return _variables(node.slice)
    if isinstance(node, ast.Compare) and _is_environment(node.comparators[0]):
        return _variables(node.left)
    if (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitAnd)
        and "environ.keys()" in ast.unparse(node)
    ):
        return _variables(node)
    if isinstance(node, ast.Call) and name_of(node.func) in READING | wrappers:
        of = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        if _is_environment(of) or name_of(node.func) in wrappers | {"getenv"}:
            return _variables(*node.args[:1]) if node.args else DEFAULT_NAMES.get(name_of(node.func), [])
    return []


def _wrappers(tree: ast.Module) -> set[str]:
    """Functions that read the variable that their first argument names."""
    found = set()
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.args.args):
        first = function.args.args[0].arg
        for node in ast.walk(function):
            is_read = isinstance(node, ast.Call) and node.args and _is_environment(node.func)
            if is_read and isinstance(node.args[0], ast.Name) and node.args[0].id == first:
                found.add(function.name)
    return found


def _is_environment(node: ast.expr) -> bool:
    """Whether an expression is `os.environ` or the reader of settings, `env`."""
    return name_of(node) == "environ" or (isinstance(node, ast.Name) and node.id == "env")


def _variables(*nodes: ast.AST) -> list[str]:
    """The texts among these nodes that are names of variables."""
    return [text for text in texts_in(nodes) if VARIABLE.fullmatch(text)]
