"""What the product is made of: its Python modules, templates, static files and scripts, read once."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.plugged_in.syntax import FUNCTIONS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("postpartum", "accounts", "programs", "blog", "common", "script", "deploy")


@dataclass(eq=False)
class Definition:
    """A function, class, constant or member of a class.

    `name` is such as "programs.facts.week:WeekFacts.next_session"; `statements` bind it (several where they add to
    it); `owner` is the name of the class it is a member of.
    """

    name: str
    module: Module
    statements: list[ast.stmt]
    owner: str | None = None

    @property
    def short(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(":")[2].rpartition(".")[2]

    @property
    def is_code(self) -> bool:
        """Whether it is a function or class, not a constant or field."""
        return isinstance(self.first, (*FUNCTIONS, ast.ClassDef))

    @property
    def first(self) -> ast.stmt:
        """What binds it first."""
        return self.statements[0]

    @property
    def place(self) -> str:
        """File and line, for messages."""
        return f"{self.module.path.relative_to(ROOT)}:{self.first.lineno}"


@dataclass(eq=False)
class Module:
    """One file of Python. `loose` runs when it is imported; `aliases` name what it imports.

    What runs only when it is started is the definition `__main__`.
    """

    name: str
    path: Path
    text: str
    tree: ast.Module
    definitions: dict[str, Definition] = field(default_factory=dict)
    aliases: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    loose: list[ast.stmt] = field(default_factory=list)

    @property
    def package(self) -> str:
        """What its relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


@cache
def modules() -> dict[str, Module]:
    """Every module of the product by its dotted name, but for migrations."""
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    found = {}
    for path in [*paths, ROOT / "manage.py"]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text()
        module = found[name] = Module(name, path, text, ast.parse(text))
        _read(module, module.tree.body)
    return found


@cache
def definitions() -> dict[str, Definition]:
    """Everything defined in the product, by name."""
    return {name: one for module in modules().values() for name, one in module.definitions.items()}


def _read(module: Module, body: list[ast.stmt], owner: str | None = None) -> None:
    """Sort the statements of a module or class into definitions, imports and the rest."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            module.aliases |= imports_of(module, statement)
        elif isinstance(statement, ast.If) and owner is None and "__main__" in ast.dump(statement.test):
            for inner in statement.body:
                _define(module, "__main__", inner, None)
        elif isinstance(statement, ast.If | ast.Try | ast.With):
            module.loose.append(statement)
            _read(module, [*statement.body, *getattr(statement, "orelse", [])], owner)
        elif names := bound_by(statement):
            for name in names:
                _define(module, name, statement, owner)
        elif owner is None:
            module.loose.append(statement)


def _define(module: Module, short: str, statement: ast.stmt, owner: str | None) -> None:
    name = f"{owner}.{short}" if owner else f"{module.name}:{short}"
    known = module.definitions.get(name)
    if known:
        known.statements.append(statement)
        return
    module.definitions[name] = Definition(name, module, [statement], owner)
    if isinstance(statement, ast.ClassDef):
        _read(module, statement.body, name)


def bound_by(statement: ast.stmt) -> list[str]:
    """The names that a statement defines."""
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return []
    names = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [node.id for node in names if isinstance(node.ctx, ast.Store)]


def imports_of(module: Module, statement: ast.Import | ast.ImportFrom) -> dict[str, tuple[str, str | None]]:
    """What a statement imports: name here → (module, name there), None where the module itself is meant."""
    if isinstance(statement, ast.Import):
        return {
            one.asname or one.name.partition(".")[0]: (
                one.name if one.asname else one.name.partition(".")[0],
                None,
            )
            for one in statement.names
        }
    above = module.package.split(".")
    base = ".".join(above[: len(above) - statement.level + 1]) if statement.level else ""
    source = ".".join(filter(None, [base, statement.module]))
    return {one.asname or one.name: (source, one.name) for one in statement.names}
