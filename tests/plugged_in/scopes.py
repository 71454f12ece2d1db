"""The names of a function, class body or module, and what they are given there."""

from __future__ import annotations

import ast
from functools import cache

from tests.plugged_in.names import by_dotted, in_module
from tests.plugged_in.product import Definition, Module, imports_of, modules
from tests.plugged_in.syntax import FUNCTIONS

# What a name is given: ("value", expression), ("each", expression) of a loop, ("annotation", expression),
# ("self", "instance" or "itself"), or None for something that reading cannot tell.
Given = tuple[str, object] | None


@cache
def scope_of(one: Definition) -> Scope:
    """The names in a function."""
    return Scope(one.module, one.owner, one.first)


class Scope:
    """The names bound in `function` (with those inside it), else none; `owner` is the class around it."""

    def __init__(self, module: Module, owner: str | None = None, function: ast.FunctionDef | None = None):
        self.module, self.owner, self.function = module, owner, function
        self.values: dict[str, list[Given]] = {}
        self._imports: dict[str, tuple[str, str | None]] = {}
        if function is not None:
            self._read_arguments(function.args)
            self._read_self(function)
            for node in ast.walk(function):
                if node is not function:
                    self._read(node)
            for name in _declared_global(function):
                self.values.pop(name, None)

    @classmethod
    def of_module(cls, name: str) -> Scope:
        """The names at the top of a module."""
        return cls(modules()[name])

    def is_local(self, name: str) -> bool:
        """Whether a name is bound in the function itself."""
        return name in self.values

    def meant_by(self, name: str) -> str | None:
        """The definition of ours, or module, that a name stands for here."""
        if name in self._imports:
            source, there = self._imports[name]
            if there is None:
                return by_dotted(source)
            return in_module(source, there) or by_dotted(f"{source}.{there}")
        return None if self.is_local(name) else in_module(self.module.name, name)

    def _read(self, node: ast.AST) -> None:
        """What one node of the function's body binds."""
        match node:
            case ast.Import() | ast.ImportFrom():
                self._imports |= imports_of(self.module, node)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.NamedExpr(target=ast.Name(id=name)):
                self._give(name, ("value", node.value))
            case ast.AnnAssign(target=ast.Name(id=name)):
                self._give(name, ("annotation", node.annotation))
            case ast.For(target=ast.Name(id=name)) | ast.comprehension(target=ast.Name(id=name)):
                self._give(name, ("each", node.iter))
            case ast.Lambda():
                self._read_arguments(node.args)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._give(node.name, None)
                self._read_arguments(getattr(node, "args", None))
            case ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name):
                self._give(name, None)
            case _:
                self._read_targets(node)

    def _read_targets(self, node: ast.AST) -> None:
        """Loops, unpackings and `with … as`: of what they bind nothing is known."""
        targets = [getattr(node, "target", None), getattr(node, "optional_vars", None)]
        targets += node.targets if isinstance(node, ast.Assign) else []
        for one in (one for target in targets if target is not None for one in ast.walk(target)):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                self._give(one.id, None)

    def _read_arguments(self, arguments: ast.arguments | None) -> None:
        if arguments is None:
            return
        for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            self._give(one.arg, ("annotation", one.annotation) if one.annotation else None)
        for one in filter(None, [arguments.vararg, arguments.kwarg]):
            self._give(one.arg, None)

    def _read_self(self, function: ast.FunctionDef) -> None:
        decorated = {getattr(one, "id", "") for one in function.decorator_list}
        if (
            self.owner
            and function.args.args
            and isinstance(function, FUNCTIONS)
            and "staticmethod" not in decorated
        ):
            what = "itself" if "classmethod" in decorated else "instance"
            self.values[function.args.args[0].arg] = [("self", what)]

    def _give(self, name: str, given: Given) -> None:
        self.values.setdefault(name, []).append(given)


def _declared_global(function: ast.AST) -> list[str]:
    return [name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names]
