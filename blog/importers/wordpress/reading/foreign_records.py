"""Converts exports of other software to WordPress records."""

import hashlib
from datetime import UTC, datetime

from .records import Fields, Record
from .vocabulary import NO_DATE


def number_of(name: object) -> int:
    """Return a stable number for a non-numeric id, with negligible risk of collision."""
    return int(hashlib.sha256(str(name).encode()).hexdigest()[:14], 16)


def record_of(tag: str, number: int, fields: dict, meta: dict | None = None) -> Record:
    """Return a record with all values as text; None becomes empty."""
    return Record(tag, number, _texts(fields), _texts(meta or {}))


def html_of_another(html: str) -> str:
    """Wrap HTML in an HTML block, so that blank lines and square brackets have no meaning."""
    return f"<!-- wp:html -->{html.replace('[', '&#91;')}<!-- /wp:html -->" if html else ""


def date_of(text: object) -> str:
    """Convert an ISO date to WordPress's format in UTC."""
    try:
        moment = datetime.fromisoformat(str(text or "").replace("Z", "+00:00"))
    except ValueError:
        return NO_DATE
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _texts(values: dict) -> Fields:
    return Fields({key: "" if value is None else str(value) for key, value in values.items()})
