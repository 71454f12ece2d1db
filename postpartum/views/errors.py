"""What a person sees when something cannot be done: kind words, a way on, and help one tap away.

The pages for 500 and 503 stand alone (no context, no other template), for they must render when little else does.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30


def csrf_failure(request, reason=""):
    """403 for a form that was open too long or sent from elsewhere. `reason` is for logs, not for people."""
    return render(request, "403.html", {"form_expired": True}, status=403)


def bad_request(request, exception):
    """400: the address or what was sent makes no sense."""
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    """403: not hers to open."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    """404: nothing here, or nothing she may know of."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500; or 503 with a time to come back, when the database is away."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html"), status=500)
