"""Records as WordPress would have written them, made from what other software exports."""

import hashlib
from datetime import UTC, datetime

from .records import Fields, Record
from .vocabulary import NO_DATE


def number_of(name: object) -> int:
    """A number that stands for an id that is none: the same in every run, and as good as unique."""
    return int(hashlib.sha256(str(name).encode()).hexdigest()[:14], 16)


def record_of(tag: str, number: int, fields: dict, meta: dict | None = None) -> Record:
    """A record whose values may be anything; None is an empty text."""
    return Record(tag, number, _texts(fields), _texts(meta or {}))


def html_of_another(html: str) -> str:
    """HTML in which neither empty lines nor square brackets mean anything, as WordPress keeps such."""
    return f"<!-- wp:html -->{html.replace('[', '&#91;')}<!-- /wp:html -->" if html else ""


def date_of(text: object) -> str:
    """An ISO date as WordPress writes it, in UTC."""
    try:
        moment = datetime.fromisoformat(str(text or "").replace("Z", "+00:00"))
    except ValueError:
        return NO_DATE
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _texts(values: dict) -> Fields:
    return Fields({key: "" if value is None else str(value) for key, value in values.items()})
