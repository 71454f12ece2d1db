"""Middleware for what no setting of Django covers."""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from common.members import may_act_for_team
from postpartum import request_ids
from postpartum.compression import SMALLEST_PACKED, accepts_gzip, packed_once
from postpartum.stalled import (
    WITHOUT_DATABASE,
    is_stalled,
    one_wait,
    room_for_request,
    time_statement,
)
from postpartum.text_overrides.lookup import reload_if_due
from postpartum.views.errors import method_not_allowed, unavailable

log = logging.getLogger(__name__)

SLOW_SECONDS = 3

COMPRESSED_ALREADY = ("image/avif", "image/webp", "image/jpeg", "video/", "audio/")

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class RequestIdMiddleware:
    """Gives each request an id, tells the browser, and logs which kind of page was slow."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number, began = request_ids.begin(), time.monotonic()
        try:
            response = self.get_response(request)
        finally:
            self._log_if_slow(request, time.monotonic() - began)
            request_ids.end()
        response.headers["X-Request-ID"] = number
        return response

    @staticmethod
    def _log_if_slow(request: HttpRequest, seconds: float) -> None:
        if seconds > SLOW_SECONDS:
            route = request.resolver_match.route if request.resolver_match else "no page"
            log.warning("slow: %s %s took %.1f s", request.method, route, seconds)


class HeadMiddleware:
    """Sends no body in answer to HEAD: gunicorn would drop it, too, but log a warning for each look of a monitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, HttpResponse):
                response.content = b""
            elif isinstance(response, StreamingHttpResponse):
                response.streaming_content = []
        return response


class SecurityHeadersMiddleware:
    """Restricts the pages' resources to this site and disables device features that nothing here uses."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sends the policy of the settings, built once, with a response for which no view has changed it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header; leave to django-csp what differs from the settings, and the error pages of DEBUG."""
        is_changed = self.get_policy_parts(request, response) != UNCHANGED or hasattr(response, "_csp_exempt")
        if is_changed or settings.DEBUG:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual_policy())
        return response


UNCHANGED = PolicyParts()


@cache
def _usual_policy() -> str:
    return build_policy()


class RefuseNulMiddleware:
    """Answers 400 where an address contains NUL, which no name or text has and PostgreSQL takes for a failure."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class RevalidateMiddleware:
    """Lets browsers cache a page but revalidate it each time, mostly with a short 304.

    Without Cache-Control, browsers show a page with an older Last-Modified for hours, new comments missing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class SignedInMiddleware:
    """Keeps members signed in for as long as they come, and their pages out of every cache.

    With each day's first page the sign-in begins anew, and the account counts as used (an unused one is deleted in the
    end). What was shown to somebody signed in must not come back with the Back button once they have signed out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Asked only where the page looked at the session anyway, so that nothing costs a query more.
        if request.session.accessed and SESSION_KEY in request.session:
            response.headers.setdefault("Cache-Control", "private, no-store")
            if _is_page(request):
                self._begin_anew(request)
        return response

    @staticmethod
    def _begin_anew(request: HttpRequest) -> None:
        user, now = request.user, timezone.now()
        if not user.is_authenticated or (user.last_login and user.last_login.date() == now.date()):
            return
        user.last_login = now
        user.save(update_fields=["last_login"])
        request.session.modified = True


def _is_page(request: HttpRequest) -> bool:
    """Whether a person asked for this: a script's request would save the session as it was before what they did since."""
    return request.META.get("HTTP_SEC_FETCH_MODE", "navigate") == "navigate"


class TextGZipMiddleware(GZipMiddleware):
    """Compresses text only, by libdeflate, in a third of the time that zlib takes to the same size.

    Pictures and videos are compressed already, and ranges of a video must stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the response, unless it is a picture or video; leave streams to Django."""
        if response.get("Content-Type", "").startswith(COMPRESSED_ALREADY):
            return response
        if not isinstance(response, HttpResponse):
            return super().process_response(request, response)
        content = response.content
        if len(content) < SMALLEST_PACKED or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            packed = packed_once(content)
            if len(packed) < len(content):
                self._set(response, packed)
        return response

    @staticmethod
    def _set(response: HttpResponse, packed: bytes) -> None:
        response.content = packed
        response.headers["Content-Length"] = str(len(packed))
        response.headers["Content-Encoding"] = "gzip"
        if response.headers.get("ETag", "").startswith('"'):  # of these bytes no longer (RFC 9110, 8.8.1)
            response.headers["ETag"] = f"W/{response.headers['ETag']}"


class StalledDatabaseMiddleware:
    """Answers 503 at once while other threads wait for the database, so that some stay free for what needs none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in WITHOUT_DATABASE:
            return self._answered(request)
        with room_for_request() as may_go_on:
            return self._answered(request) if may_go_on else unavailable(request)

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        with one_wait(), connection.execute_wrapper(time_statement):
            return self.get_response(request)


class MethodNotAllowedMiddleware:
    """Shows whoever opens an address that only takes forms the way back to one.

    Signing in leads there who was asked to sign in as they sent a form, and so does going back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and _is_page(request):
            return method_not_allowed(request, response)
        return response


TEAM_PAGES = {"article_comment"}  # comments of staff carry the team's badge


class StaffSecondFactorMiddleware:
    """Requires a second factor of staff for the desk and their comments where STAFF_SECOND_FACTOR is set.

    Whoever has one has passed it when signing in; whoever has none is redirected to set it up.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect staff without a second factor to where it is set up."""
        match = request.resolver_match
        is_theirs = match and ("admin" in match.app_names or match.url_name in TEAM_PAGES)
        if not is_theirs or not request.user.is_staff or may_act_for_team(request.user):
            return None
        messages.info(
            request, _("The desk needs a second step at sign-in. Please set one up here; it takes a minute.")
        )
        return redirect("mfa_index")


class TextOverridesMiddleware:
    """Reloads the therapist's text overrides every TEXT_OVERRIDES_SECONDS."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in WITHOUT_DATABASE or (request.path == reverse("safety") and not is_stalled()):
            reload_if_due()
        return self.get_response(request)
