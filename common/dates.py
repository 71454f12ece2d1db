"""Dates that people enter: written as in their country, and checked against the latest calendar on Earth."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ISO = "%Y-%m-%d"  # what a browser with a date picker sends, whatever it shows
IN_WORDS = ["%d %B %Y", "%d %b %Y", "%B %d %Y", "%B %d, %Y", "%b %d %Y", "%b %d, %Y"]
# How a date is written with figures. Source: Unicode CLDR, short dates. Elsewhere 5/6 may be either day: only ISO is taken.
BY_COUNTRY = {
    "AU": "%d/%m/%Y", "CA": ISO, "DE": "%d.%m.%Y", "ES": "%d/%m/%Y", "FR": "%d/%m/%Y", "GB": "%d/%m/%Y",
    "IE": "%d/%m/%Y", "IN": "%d/%m/%Y", "IT": "%d/%m/%Y", "MX": "%d/%m/%Y", "NL": "%d-%m-%Y", "NZ": "%d/%m/%Y",
    "US": "%m/%d/%Y", "ZA": "%Y/%m/%d",
}  # fmt: skip
UNMISTAKABLE = date(2026, 11, 30)
FARTHEST_EAST = timezone(timedelta(hours=14))  # Kiribati, where a day begins first


def latest_date(now: datetime) -> date:
    """Return the date where it is latest: a mother may have flown, or given birth, where it is tomorrow already."""
    return now.astimezone(FARTHEST_EAST).date()


def example_date(country: str) -> str:
    """Return a date as it is written in a country ("" for an unknown one)."""
    return UNMISTAKABLE.strftime(BY_COUNTRY.get(country, ISO))


class DayField(forms.DateField):
    """A date, by the browser's picker or typed as in `country` (a code, "" where none is known)."""

    def __init__(
        self, *, country: str | None = "", earliest: date | None = None, latest: date, **kwargs: Any
    ) -> None:
        example = example_date(country or "")
        limits = {"min": earliest.isoformat()} if earliest else {}
        attrs = {"type": "date", "placeholder": example, "max": latest.isoformat(), **limits}
        messages = {"invalid": _("Please write the date like %(example)s.") % {"example": example}}
        super().__init__(
            widget=forms.DateInput(attrs=attrs, format=ISO),
            input_formats=list(dict.fromkeys([ISO, BY_COUNTRY.get(country or "", ISO), *IN_WORDS])),
            error_messages=messages | kwargs.pop("error_messages", {}),
            **kwargs,
        )
