"""The practice's name, therapist, email address and promises: from the environment, overridden at the desk."""

from collections.abc import Mapping

from django.conf import settings

_overrides: dict[str, str] = {}


def practice_details() -> dict[str, str]:
    """Return {"name", "therapist", "email", "price", "answers", "about"} as they are shown now; the last three may be ""."""
    return {**settings.PRACTICE, **_overrides}


def override_practice(details: Mapping[str, str]) -> None:
    """Show `details` in place of the environment's from now on, in this process."""
    global _overrides
    _overrides = dict(details)
