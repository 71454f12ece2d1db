"""What every template can use without a view passing it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from common.practice import practice_details


def practice(request: HttpRequest) -> dict[str, Any]:
    """Return the practice's details as `practice`, and `site_url`."""
    return {"practice": practice_details(), "site_url": settings.SITE_URL}
