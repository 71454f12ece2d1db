"""What holds for every page and no setting of Django covers."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from postpartum.text_overrides.catalog import keep_fresh

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class SecurityHeadersMiddleware:
    """Keep the pages' resources to this site and switch off device features nobody here uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RevalidateMiddleware:
    """A browser may keep a page but asks each time whether it is still the newest: the answer is mostly a short 304.

    Without a word on it, browsers show a page with an older Last-Modified for hours, new comments missing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Words travel compressed; pictures and videos are so already, and a part of a video must stay as it is."""

    def process_response(self, request, response):
        """Compress, unless it is something to look at."""
        if response.get("Content-Type", "").startswith(("image/avif", "image/webp", "image/jpeg", "video/")):
            return response
        return super().process_response(request, response)


class StaffSecondFactorMiddleware:
    """The desk opens only to those who have set up a second step at sign-in, where STAFF_SECOND_FACTOR asks for it.

    Whoever has one has passed it when signing in; whoever has none is sent to set it up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Send away from the desk who lacks a second step."""
        if not settings.STAFF_SECOND_FACTOR or not request.path.startswith(reverse("admin:index")):
            return None
        if not request.user.is_staff or is_mfa_enabled(request.user):
            return None
        messages.info(
            request, _("The desk needs a second step at sign-in. Please set one up here; it takes a minute.")
        )
        return redirect("mfa_index")


class TextOverridesMiddleware:
    """Every page in the therapist's own words: this process reads what is new of them every half minute."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        keep_fresh()
        return self.get_response(request)
