"""The practice's name, therapist and email address: from the environment, overridden at the desk."""

from collections.abc import Mapping

from django.conf import settings

_overrides: dict[str, str] = {}


def practice_details() -> dict[str, str]:
    """Return {"name", "therapist", "email"} as they are shown now."""
    return {**settings.PRACTICE, **_overrides}


def override_practice(details: Mapping[str, str]) -> None:
    """Show `details` in place of the environment's from now on, in this process."""
    global _overrides
    _overrides = dict(details)
