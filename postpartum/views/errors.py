"""Error pages: what went wrong in kind words, a way on, and help one tap away.

The pages for 409, 500 and 503 need no context and no other template, for they must render when little else does.
"""

import errno
import sys

from botocore.exceptions import BotoCoreError, ClientError
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from psycopg2.errors import UniqueViolation

from common.encryption import DecryptionError

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


def method_not_allowed(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    """Return 405 with the methods that the address takes, and a way on."""
    headers = {"Allow": refusal.headers["Allow"]}
    return HttpResponse(render_to_string("405.html", request=request), status=405, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500; 503 with Retry-After for what is worth another try; 409 where somebody else was faster."""
    error = sys.exc_info()[1]
    if is_passing(error):
        return unavailable(request)
    if isinstance(error, DecryptionError):
        return HttpResponse(render_to_string("sealed.html"), status=503)
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
        return _with_what_was_typed("409.html", request, 409)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return 503 with Retry-After."""
    response = _with_what_was_typed("503.html", request, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _with_what_was_typed(template: str, request: HttpRequest, status: int) -> HttpResponse:
    """Return an error page that gives back, to copy, what stood in the long fields of the form that was sent."""
    html = render_to_string(template, {"typed": _typed(request)})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def _typed(request: HttpRequest) -> list[str]:
    """Return the sentences of a form; passwords may be sentences, too, and are left out."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.items())
    except Exception:  # whatever is wrong with the form, this page must be shown
        return []
    return [str(text) for name, text in fields if " " in str(text).strip() and "password" not in name]


def is_passing(error: BaseException | None) -> bool:
    """Return whether an error, or one it came from, is worth another try: no database, no file store, a full disk."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError, BotoCoreError)):
            return True
        if isinstance(error, ClientError) and error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            return True
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
