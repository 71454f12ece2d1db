"""The decorator of every page that belongs to one signed-in member."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone


def member_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Require sign-in, run the view in the member's time zone, and keep the response out of every cache."""

    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(request.user.time_zone)):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "private, no-store"
        return response

    return login_required(page)
