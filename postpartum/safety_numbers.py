"""The numbers to call as finished HTML, kept in a file for when the database is away."""

import logging
import os
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from common.prepared import PreparedQuery
from programs.models import Country, SupportLine

log = logging.getLogger(__name__)
KEEP_AGAIN_AFTER = 60 * 60  # seconds; the file's time says until when its numbers were those of the database

_kept: str | None = None  # what this process last wrote to the file
_kept_at = 0.0  # and when, by the monotonic clock


class Line(NamedTuple):
    """A line of a country, as programs.models.SupportLine describes it."""

    name: str
    contact: str
    is_crisis_line: bool
    is_safe_at_home: bool
    is_verified: bool
    checked_on: date | None


class CountryNumbers(NamedTuple):
    """A country as programs.models.Country describes it, with its lines."""

    code: str
    name: str
    emergency: str
    non_emergency: str
    checked_on: date | None
    non_emergency_checked_on: date | None
    lines: tuple[Line, ...]


_COUNTRIES, _LINES = PreparedQuery(Country.objects.all), PreparedQuery(SupportLine.objects.all)
_OF_COUNTRY, _OF_LINE = attrgetter(*CountryNumbers._fields[:-1]), attrgetter(*Line._fields)


def current_numbers() -> SafeString:
    """Return the numbers of the database (two queries), and keep them. Raise DatabaseError while it is away."""
    lines = defaultdict(list)
    for line in _LINES():
        lines[line.country_id].append(Line(*_OF_LINE(line)))
    numbers = _rendered(
        tuple(CountryNumbers._make((*_OF_COUNTRY(one), tuple(lines[one.code]))) for one in _COUNTRIES())
    )
    if numbers != _kept or time.monotonic() - _kept_at > KEEP_AGAIN_AFTER:
        _keep(numbers)
    return numbers


@rendered_once
def _rendered(countries: tuple[CountryNumbers, ...]) -> SafeString:
    return render_to_string("_safety_numbers.html", {"countries": countries})


def last_known_numbers() -> tuple[SafeString, datetime | None]:
    """Return the kept numbers and since when they are known; ("", None) where none were ever kept."""
    path = Path(settings.SAFETY_NUMBERS)
    try:
        known_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return SafeString(path.read_text()), known_at
    except OSError:
        return SafeString(""), None


def _keep(numbers: str) -> None:
    """Replace the file in one step. A disk that is full leaves the former one: the page does not depend on it."""
    global _kept, _kept_at
    path = Path(settings.SAFETY_NUMBERS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(numbers)
            Path(draft).replace(path)
        except OSError:
            with suppress(OSError):
                Path(draft).unlink()
            raise
    except OSError as error:
        log.error("The numbers of /safety/ could not be kept: %s", type(error).__name__)
        return
    _kept, _kept_at = numbers, time.monotonic()
