"""What the site says of the practice: from the environment, overridden at the desk."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

# What only the desk can say; empty: not said anywhere.
NOT_SAID: Mapping[str, Any] = {
    "registration": "",
    "phone": "",
    "postal_address": "",
    "country": "",
    "booking_url": "",
    "price_url": "",
    "consent": "",
    "accent": "",
    "accent_url": "",
    "enrollment": "open",
    "consent_pages": (),
    "photo": None,
    "face_url": "",
    "logo": None,
    "front_picture": None,
    "front_parts": (),
}

_overrides: dict[str, Any] = {}


class ConsentPage(NamedTuple):
    """A page that the consent links to, by the number of the version that is public now, and its public address."""

    version: int
    title: str
    address: str


class PracticePicture(NamedTuple):
    """The URL of a picture in one width, its size in pixels, and what it shows."""

    url: str
    width: int
    height: int
    alt: str


def practice_details() -> dict[str, Any]:
    """Return what is shown of the practice now, by the names of settings.PRACTICE and NOT_SAID.

    `country` is a code of two letters, `accent` is #rrggbb and `accent_url` its style sheet; `face_url` is the photograph as a small square; `photo`, `logo` and
    `front_picture` are each a PracticePicture or None; `front_parts` are keys of the front page’s parts; `enrollment` is whom the program is open to: open, invitation or code. `consent_pages` are ConsentPages. All else is text. Only `name`, `therapist` and `email` are never empty.
    """
    return with_defaults(_overrides)


def with_defaults(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return `details` completed by what the environment says."""
    return {**NOT_SAID, **settings.PRACTICE, **details}


def override_practice(details: Mapping[str, Any]) -> None:
    """Show `details` in place of the environment's from now on, in this process."""
    global _overrides
    _overrides = dict(details)
