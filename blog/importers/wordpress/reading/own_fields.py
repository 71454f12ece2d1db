"""Parses the custom field of our own export: exact times, sources, review.

The file may have been edited, so every value is validated.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.dateparse import parse_date, parse_datetime

from blog.models import Article

from ..addresses import web_address
from .records import Record
from .vocabulary import OWN_META


@dataclass
class Original:
    """The exported state of an article or comment; missing or invalid values are empty."""

    status: str = ""
    created_at: datetime | None = None
    published_at: datetime | None = None
    edited_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None
    sources: list = field(default_factory=list)
    wants_answers: bool = False
    is_members: bool = False


def original_of(record: Record) -> Original:
    """Return the state that our own export wrote for this record."""
    try:
        given = json.loads(record.meta[OWN_META] or "{}")
    except ValueError:
        given = {}
    if not isinstance(given, dict):
        return Original()
    status = given.get("status")
    return Original(
        status=status if status in Article.Status.values else "",
        created_at=_moment(given.get("created_at")),
        published_at=_moment(given.get("published_at")),
        edited_at=_moment(given.get("edited_at")),
        reviewed_by=str(given.get("reviewed_by") or "")[:120],
        reviewed_on=_day(given.get("reviewed_on")),
        sources=_sources(given.get("sources")),
        wants_answers=given.get("wants_answers") is True,
        is_members=given.get("is_members") is True,
    )


def _moment(text: object) -> datetime | None:
    try:
        moment = parse_datetime(str(text or ""))
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None


def _day(text: object) -> date | None:
    try:
        return parse_date(str(text or ""))
    except ValueError:
        return None


def _sources(given: object) -> list[tuple[str, str]]:
    """Return (text, URL) of each source; an invalid URL becomes empty."""
    given = given if isinstance(given, list) else []
    return [
        (str(source["text"]), web_address(source.get("url")))
        for source in given
        if isinstance(source, dict) and source.get("text")
    ]
