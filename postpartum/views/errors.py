"""Error pages: what went wrong in kind words, a way on, and help one tap away.

The pages for 500 and 503 need no context and no other template, for they must render when little else does.
"""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

RETRY_AFTER_SECONDS = 30
DISK_FULL = {errno.ENOSPC, errno.EDQUOT}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return 403 for a form that was open too long or sent from elsewhere. `reason` is for logs, not for people.

    After a check-in the page leads with help: its answers may be an emergency.
    """
    context = {"form_expired": True, "is_check_in": request.path.startswith(reverse("check_in"))}
    return render(request, "403.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 400: a malformed URL or request."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 403: no permission."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 404: nothing here, or nothing this person may know of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500; or 503 with Retry-After for what is worth another try."""
    if is_passing(sys.exc_info()[1]):
        return unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable() -> HttpResponse:
    """Return 503 with Retry-After."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_passing(error: BaseException | None) -> bool:
    """Return whether an error, or one it came from, is worth another try: no database, a time limit, a full disk."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
