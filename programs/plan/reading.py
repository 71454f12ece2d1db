"""Plain data (from JSON, rows or content files) into typed parts, with every problem named by its place."""

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
    """One thing that cannot be read: where (keys, and positions from 0, from the outside in) and why."""

    path: Path
    reason: str


class Unreadable(ValueError):
    """Data that are not a plan; `problems` names them all."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("; ".join(f"{'/'.join(map(str, path))}: {reason}" for path, reason in problems))


class Reader:
    """Reads data into dataclasses by their annotations and gathers `problems` instead of stopping.

    `strict` also reports keys nobody knows, empty texts, and null where text is needed (for files a person
    wrote). `from_text` says how a kind may be written as one short text; `free` what becomes of data that may
    be anything.
    """

    def __init__(
        self,
        *,
        strict: bool = False,
        from_text: Mapping[Any, Callable[[str], Any]] | None = None,
        free: Callable[[object], object] = lambda data: data,
    ):
        self.strict = strict
        self.from_text = from_text or {}
        self.free = free
        self.problems: list[Problem] = []

    def read(self, kind: Any, data: object, path: Path = ()) -> Any:
        """`data` as a `kind`; None where that cannot be, with the reason in `problems`."""
        if kind is str and isinstance(data, str) and (data or not self.strict):
            return str(data)  # most of all pieces
        form, inner = _form(kind)
        if form is Form.OPTIONAL:
            return None if data is None else self.read(*inner, data, path)
        if form is Form.FREE:
            return self.free(data)
        if isinstance(data, str) and kind in self.from_text:
            return self._made(self.from_text[kind], path, data)
        if form is Form.SCALAR:
            return self._scalar(kind, data, path)
        reads = {Form.SEQUENCE: self._sequence, Form.MAPPING: self._mapping, Form.PART: self._part}
        return reads[form](*inner, data, path)

    def refuse(self, path: Path, reason: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, reason))

    def _sequence(self, kind: Any, data: object, path: Path) -> tuple | None:
        if not isinstance(data, list | tuple):
            return self.refuse(path, _("should be a list, one item a line, each after “- ”"))
        return tuple(self.read(kind, item, (*path, index)) for index, item in enumerate(data))

    def _mapping(self, key_kind: Any, kind: Any, data: object, path: Path) -> dict | None:
        if not isinstance(data, Mapping):
            return self.refuse(path, _("should be a group of lines “name: text”"))
        read = {}
        for key, item in data.items():
            name = self.read(key_kind, key, (*path, key))
            value = self.read(kind, item, (*path, key))
            if name is not None:
                read[name] = value
        return read

    def _part(self, kind: type, data: object, path: Path) -> Any:
        if not isinstance(data, Mapping):
            return self.refuse(path, _("should be a group of lines “name: text”"))
        known, before = _shape(kind), len(self.problems)
        if self.strict:
            self._refuse_unknown(known, data, path)
        values = {
            wanted.name: self.read(wanted.kind, data.get(key), (*path, key))
            for key, wanted in known.items()
            if key in data or wanted.is_optional
        }
        for key, wanted in known.items():
            if wanted.required and key not in data:
                self.refuse(path, _("“%(key)s” is missing") % {"key": key})
        return None if len(self.problems) > before else self._made(kind, path, **values)

    def _made(self, make: Callable[..., Any], path: Path, *args: object, **values: object) -> Any:
        try:
            return make(*args, **values)
        except ValueError as error:
            return self.refuse(path, str(error))

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
        if kind is bool:
            return self.refuse(path, _("should be true or false, not “%(data)s”") % {"data": data})
        if kind is int and not isinstance(data, bool) and str(data).strip().isdecimal():
            return int(str(data))
        if kind is int:
            return self.refuse(path, _("should be a whole number, not “%(data)s”") % {"data": data})
        if kind is date:
            return self._date(data, path)
        try:
            return kind(data)
        except ValueError:
            return self._refuse_choice(kind, data, path)

    def _refuse_choice(self, kind: type[Enum], data: object, path: Path) -> None:
        allowed = ", ".join(str(one.value) for one in kind)
        reason = _("“%(data)s” is not one of: %(allowed)s") % {"data": data, "allowed": allowed}
        self.refuse(path, reason)

    def _text(self, data: object, path: Path) -> str | None:
        if self.strict and (data is None or data == ""):
            return self.refuse(path, _("is empty"))
        return str(data) if isinstance(data, str) else self.refuse(path, _("should be text"))

    def _date(self, data: object, path: Path) -> date | None:
        try:
            return date.fromisoformat(str(data))
        except ValueError:
            reason = _("should be a day such as 2026-11-30, not “%(data)s”") % {"data": data}
            return self.refuse(path, reason)


class Form(Enum):
    """What data of a kind look like, whatever is in them."""

    OPTIONAL = auto()
    FREE = auto()
    SEQUENCE = auto()
    MAPPING = auto()
    PART = auto()
    SCALAR = auto()


@cache
def _form(kind: Any) -> tuple[Form, tuple]:
    """The form of `kind`, and the kinds that are read within it. Found once: a program has 100,000 pieces."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return Form.OPTIONAL, tuple(one for one in inner if one is not types.NoneType)[:1]
    if kind is object:
        return Form.FREE, ()
    if origin is tuple:
        return Form.SEQUENCE, inner[:1]
    if origin in (Mapping, dict):
        return Form.MAPPING, inner
    return (Form.PART, (kind,)) if is_dataclass(kind) else (Form.SCALAR, ())


class Wanted(NamedTuple):
    """One field of a part: its name, what it holds, whether it must be there, whether None will do."""

    name: str
    kind: Any
    required: bool
    is_optional: bool


@cache
def _shape(kind: type) -> dict[str, Wanted]:
    """What `kind` wants, by the key in the data: its field's name without a trailing underscore."""
    hints = get_type_hints(kind)
    shape = {}
    for field in fields(kind):
        optional = types.NoneType in get_args(hints[field.name])
        needed = field.default is MISSING and field.default_factory is MISSING and not optional
        shape[field.name.rstrip("_")] = Wanted(field.name, hints[field.name], needed, optional)
    return shape
