"""Serialize parts of a plan to plain data for JSON, and compute their digest."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

PRIMITIVES = frozenset({str, int, bool, type(None)})  # most values: returned as they are, for speed


def plain(value: object, *, whole: bool = False) -> Any:
    """Return `value` as dicts, lists, texts and numbers. Fields at their default are omitted, unless `whole`.

    They are omitted so that a field added later changes neither the digest of old rows nor the parsing of old
    releases.
    """
    if type(value) in PRIMITIVES:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: plain(item, whole=whole)
            for name, default in _defaults(type(value))
            if (item := getattr(value, name)) != default or whole
        }
    if isinstance(value, Mapping):
        return {str(key): plain(item, whole=whole) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, whole=whole) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def digest(*parts: object) -> str:
    """Return the SHA-256 of the parts' plain data, in hexadecimal: equal exactly if the parts are."""
    text = json.dumps([plain(part) for part in parts], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


@cache
def _defaults(kind: type[Any]) -> list[tuple[str, object]]:
    """Return (name, default) of the fields of a dataclass; MISSING, which equals nothing, where there is no default."""
    return [
        (field.name, field.default_factory() if field.default_factory is not MISSING else field.default)
        for field in fields(kind)
    ]
