"""Parts of a plan as plain data for JSON, and their digest."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256

READY = frozenset({str, int, bool, type(None)})  # of most values nothing is to be asked


def plain(value, *, whole=False):
    """Dicts, lists, text and numbers only. A field at its default is left out, unless `whole`.

    Left out, so that a field added later changes neither the digest of old rows nor the reading of old releases.
    """
    if type(value) in READY:
        return value
    if is_dataclass(value):
        return {
            name: plain(kept, whole=whole)
            for name, default in _defaults(type(value))
            if (kept := getattr(value, name)) != default or whole
        }
    if isinstance(value, Mapping):
        return {str(key): plain(kept, whole=whole) for key, kept in value.items()}
    if isinstance(value, list | tuple):
        return [plain(kept, whole=whole) for kept in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def digest(*parts):
    """The fingerprint of parts: equal exactly when they say the same."""
    text = json.dumps([plain(part) for part in parts], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


@cache
def _defaults(kind):
    """The names of a kind's fields, each with its default; MISSING, which equals nothing, where it has none."""
    return [
        (field.name, field.default_factory() if field.default_factory is not MISSING else field.default)
        for field in fields(kind)
    ]
