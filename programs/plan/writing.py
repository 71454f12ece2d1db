"""Parts of a plan as plain data for JSON, and their digest."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from hashlib import sha256


def plain(value, *, whole=False):
    """Dicts, lists, text and numbers only. A field at its default is left out, unless `whole`.

    Left out, so that a field added later changes neither the digest of old rows nor the reading of old releases.
    """
    if is_dataclass(value):
        return {
            field.name: plain(kept, whole=whole)
            for field in fields(value)
            if (kept := getattr(value, field.name)) != _default(field) or whole
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


def _default(field):
    return field.default_factory() if field.default_factory is not MISSING else field.default
