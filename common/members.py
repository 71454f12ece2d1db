"""The door of every page that belongs to one signed-in person."""

from functools import wraps
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.utils import timezone


def member_page(view):
    """A view for signed-in people only: shown in her own time zone, kept by no cache on the way or on the phone."""

    @wraps(view)
    def page(request, *args, **kwargs):
        with timezone.override(ZoneInfo(request.user.time_zone)):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "private, no-store"
        return response

    return login_required(page)
