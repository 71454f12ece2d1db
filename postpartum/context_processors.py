"""What every template can use without a view passing it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from common.members import is_signed_in
from common.menus import menus
from common.practice import practice_details


def practice(request: HttpRequest) -> dict[str, Any]:
    """Return the practice's details as `practice`, its `menus`, and `site_url`."""
    return {"practice": practice_details(), "menus": menus(), "site_url": settings.SITE_URL}


def member(request: HttpRequest) -> dict[str, Any]:
    """Return `signed_in`, which looks at the session only where a template asks."""
    return {"signed_in": partial(is_signed_in, request)}
