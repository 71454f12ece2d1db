"""Parse plain data (from JSON, rows or content files) into typed parts, locating every problem by its path."""

from __future__ import annotations

import difflib
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing that cannot be read: its path (keys, and list positions from 0, from the outside in) and the reason."""

    path: Path
    reason: str


class Unreadable(ValueError):
    """The data are not a plan; `problems` lists every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{'/'.join(map(str, path))}: {reason}" for path, reason in problems))


class Reader:
    """Parser of data into dataclasses by their annotations, which collects `problems` instead of stopping at one.

    `strict` also reports unknown keys, empty texts, and null where text is required (for files a person wrote).
    `from_text` maps a type to a parser of its short text form; `free` converts data annotated as `object`.
    """

    def __init__(
        self,
        *,
        strict: bool = False,
        from_text: Mapping[Any, Callable[[str], Any]] | None = None,
        free: Callable[[object], object] = lambda data: data,
    ) -> None:
        self.strict = strict
        self.from_text = from_text or {}
        self.free = free
        self.problems: list[Problem] = []

    def read(self, kind: Any, data: object, path: Path = ()) -> Any:
        """Return `data` as a `kind`; None if impossible, with the reason added to `problems`."""
        if kind is str and isinstance(data, str) and (data or not self.strict):
            return str(data)  # the most frequent case first: a plan has 100,000 values
        structure, inner = _structure(kind)
        if structure is Structure.OPTIONAL:
            return None if data is None else self.read(inner[0], data, path)
        if structure is Structure.FREE:
            return self.free(data)
        if isinstance(data, str) and kind in self.from_text:
            return self._construct(self.from_text[kind], path, data)
        return self._structured(structure, inner, data, path)

    def refuse(self, path: Path, reason: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(path, reason))

    def _structured(self, structure: Structure, inner: tuple[Any, ...], data: object, path: Path) -> Any:
        if structure is Structure.SEQUENCE:
            return self._sequence(inner[0], data, path)
        if structure is Structure.MAPPING:
            return self._mapping(inner[0], inner[1], data, path)
        if structure is Structure.PART:
            return self._part(inner[0], data, path)
        return self._scalar(inner[0], data, path)

    def _sequence(self, kind: Any, data: object, path: Path) -> tuple[Any, ...] | None:
        if not isinstance(data, list | tuple):
            self.refuse(path, _("should be a list, one item a line, each after “- ”"))
            return None
        return tuple(self.read(kind, item, (*path, index)) for index, item in enumerate(data))

    def _mapping(self, key_kind: Any, kind: Any, data: object, path: Path) -> dict[Any, Any] | None:
        if not isinstance(data, Mapping):
            self.refuse(path, _("should be a group of lines “name: text”"))
            return None
        read = {}
        for key, item in data.items():
            name = self.read(key_kind, key, (*path, key))
            value = self.read(kind, item, (*path, key))
            if name is not None:
                read[name] = value
        return read

    def _part(self, kind: type, data: object, path: Path) -> Any:
        if not isinstance(data, Mapping):
            self.refuse(path, _("should be a group of lines “name: text”"))
            return None
        known, before = _field_specs(kind), len(self.problems)
        if self.strict:
            self._refuse_unknown(known, data, path)
        values = {
            spec.name: self.read(spec.kind, data.get(key), (*path, key))
            for key, spec in known.items()
            if key in data or spec.is_optional
        }
        for key, spec in known.items():
            if spec.required and key not in data:
                self.refuse(path, _("“%(key)s” is missing") % {"key": key})
        return None if len(self.problems) > before else self._construct(kind, path, **values)

    def _construct(self, make: Callable[..., Any], path: Path, *args: object, **values: object) -> Any:
        try:
            return make(*args, **values)
        except ValueError as error:
            self.refuse(path, str(error))
            return None

    def _refuse_unknown(self, known: Mapping[str, Any], data: Mapping[str, object], path: Path) -> None:
        for key in data:
            if key in known:
                continue
            near = difflib.get_close_matches(str(key), known, 1)
            if near:
                reason = _("“%(key)s” is not known here; did you mean “%(near)s”?") % {
                    "key": key,
                    "near": near[0],
                }
            else:
                reason = _("“%(key)s” is not known here") % {"key": key}
            self.refuse((*path, key), reason)

    def _scalar(self, kind: type, data: object, path: Path) -> Any:
        if kind is str:
            return self._text(data, path)
        if kind is bool and str(data).lower() in ("true", "yes", "false", "no"):
            return str(data).lower() in ("true", "yes")
        if kind is int and not isinstance(data, bool) and str(data).strip().isdecimal():
            return int(str(data))
        if kind is date:
            return self._date(data, path)
        if kind is bool:
            self.refuse(path, _("should be true or false, not “%(data)s”") % {"data": data})
            return None
        if kind is int:
            self.refuse(path, _("should be a whole number, not “%(data)s”") % {"data": data})
            return None
        return self._enum_member(kind, data, path)

    def _enum_member(self, kind: type[Enum], data: object, path: Path) -> Enum | None:
        try:
            return kind(data)
        except ValueError:
            self._refuse_choice(kind, data, path)
            return None

    def _refuse_choice(self, kind: type[Enum], data: object, path: Path) -> None:
        allowed = ", ".join(str(one.value) for one in kind)
        reason = _("“%(data)s” is not one of: %(allowed)s") % {"data": data, "allowed": allowed}
        self.refuse(path, reason)

    def _text(self, data: object, path: Path) -> str | None:
        if self.strict and (data is None or data == ""):
            self.refuse(path, _("is empty"))
        elif isinstance(data, str):
            return str(data)
        else:
            self.refuse(path, _("should be text"))
        return None

    def _date(self, data: object, path: Path) -> date | None:
        try:
            return date.fromisoformat(str(data))
        except ValueError:
            self.refuse(path, _("should be a day such as 2026-11-30, not “%(data)s”") % {"data": data})
            return None


class Structure(Enum):
    """How data of a type are structured, whatever the types within."""

    OPTIONAL = auto()
    FREE = auto()
    SEQUENCE = auto()
    MAPPING = auto()
    PART = auto()
    SCALAR = auto()


@cache
def _structure(kind: Any) -> tuple[Structure, tuple[Any, ...]]:
    """Return the structure of `kind` and the types within it. Cached: a plan has 100,000 values."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return Structure.OPTIONAL, tuple(one for one in inner if one is not types.NoneType)[:1]
    if kind is object:
        return Structure.FREE, ()
    if origin is tuple:
        return Structure.SEQUENCE, inner[:1]
    if origin in (Mapping, dict):
        return Structure.MAPPING, inner
    return (Structure.PART if is_dataclass(kind) else Structure.SCALAR), (kind,)


class FieldSpec(NamedTuple):
    """One field of a part: its name, its type, whether it is required, whether None is allowed."""

    name: str
    kind: Any
    required: bool
    is_optional: bool


@cache
def _field_specs(kind: type) -> dict[str, FieldSpec]:
    """Return the fields of `kind` by their key in the data: the field's name without a trailing underscore."""
    hints = get_type_hints(kind)
    specs = {}
    for field in fields(kind):
        optional = types.NoneType in get_args(hints[field.name])
        needed = field.default is MISSING and field.default_factory is MISSING and not optional
        specs[field.name.rstrip("_")] = FieldSpec(field.name, hints[field.name], needed, optional)
    return specs
