"""What a name means in a module of the product, and how classes hang together."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from importlib import import_module

from tests.plugged_in.product import Definition, Module, definitions, modules


@cache
def _in_module(module_name: str, name: str, seen: frozenset) -> str | None:
    module = modules().get(module_name)
    if module is None or (module_name, name) in seen:
        return None
    own = f"{module_name}:{name}"
    if own in module.definitions:
        return own
    if name in module.aliases:
        source, there = module.aliases[name]
        if there is None:
            return f"{source}:" if source in modules() else None
        found = _in_module(source, there, seen | {(module_name, name)})
        return found or (f"{source}.{there}:" if f"{source}.{there}" in modules() else None)
    below = f"{module_name}.{name}"
    return f"{below}:" if below in modules() else None


def in_module(module_name: str, name: str) -> str | None:
    """What `name` stands for in the module of this name."""
    return _in_module(module_name, name, frozenset())


def by_dotted(path: str) -> str | None:
    """What a dotted path in a text names: "blog.urls", "postpartum.middleware.AskAgainMiddleware"."""
    if path in modules():
        return f"{path}:"
    before, _dot, last = path.rpartition(".")
    return in_module(before, last) if before in modules() else None


def is_class(name: str) -> bool:
    """Whether a class of the product has this name."""
    return name in definitions() and isinstance(definitions()[name].first, ast.ClassDef)


@cache
def is_protocol(name: str) -> bool:
    """Whether a class only says what others have, without being above them."""
    return any("Protocol" in ast.unparse(base) for base in definitions()[name].first.bases)


@cache
def bases_of(name: str) -> tuple[str, ...]:
    """The classes of the product that a class is made from directly."""
    one = definitions()[name]
    found = [_class_named(one.module, base) for base in one.first.bases]
    return tuple(base for base in found if base)


def _class_named(module: Module, node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        found = in_module(module.name, node.id)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        of = in_module(module.name, node.value.id)
        found = (
            in_module(of[:-1], node.attr) if of and of.endswith(":") else f"{of}.{node.attr}" if of else None
        )
    else:
        return None
    return found if found and is_class(found) else None


@cache
def lineage(name: str) -> tuple[str, ...]:
    """A class and all classes of the product above it, nearest first."""
    return tuple(dict.fromkeys([name, *(above for base in bases_of(name) for above in lineage(base))]))


@cache
def _below() -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for name in definitions():
        if is_class(name):
            for above in lineage(name):
                below.setdefault(above, []).append(name)
    return {name: tuple(classes) for name, classes in below.items()}


def heirs(name: str) -> tuple[str, ...]:
    """A class and all classes of the product made from it."""
    return _below()[name]


@cache
def members_named(owner: str, short: str) -> tuple[str, ...]:
    """What `short` may mean on an instance of class `owner`: its own or the next above, and what heirs put in its place."""
    above = next((f"{one}.{short}" for one in lineage(owner) if f"{one}.{short}" in definitions()), None)
    below = [f"{one}.{short}" for one in heirs(owner) if f"{one}.{short}" in definitions()]
    return tuple(dict.fromkeys(filter(None, [above, *below])))


def members(owner: str) -> tuple[Definition, ...]:
    """Everything defined in the body of a class."""
    return tuple(_by_owner()[owner])


@cache
def _by_owner() -> dict[str | None, list[Definition]]:
    found = defaultdict(list)
    for one in definitions().values():
        found[one.owner].append(one)
    return found


@cache
def is_called_by_a_framework(name: str) -> bool:
    """Whether a member stands in the place of one that a class of Django or another library has."""
    one = definitions()[name]
    for heir in heirs(one.owner):
        for above in real(heir).__mro__[1:]:
            if above is not object and not _is_ours(above) and hasattr(above, one.short):
                return True
    return False


@cache
def is_made_from_others(name: str) -> bool:
    """Whether a class is made from one of a library, which may ask for what its attributes name in texts."""
    return any(not _is_ours(above) and above is not object for above in real(name).__mro__)


def real(name: str) -> type:
    """The class itself, as Python made it."""
    module, _colon, path = name.partition(":")
    found = import_module(module)
    for part in path.split("."):
        found = getattr(found, part, object)  # Django takes a model's Meta away
    return found


def _is_ours(kind: type) -> bool:
    return kind.__module__ in modules()
