"""Redirects from URLs of the imported blog to their pages here."""

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from blog.importers.wordpress.addresses import asks_by_number, keys_to_try
from blog.models import Redirect
from blog.querysets import readable_at

CACHE_FOR_A_DAY = "public, max-age=86400"  # long enough to help, short enough to correct a mistake
DEFERRED_FIELDS = ("article__body", "article__rendered", "article__words", "article__search")


class RedirectMiddleware:
    """Answers a URL of the old blog with a permanent redirect.

    Looks one up only after a 404, or when the front page is requested with a page number, as in /?p=12, so other pages
    cost no extra query. Must come before SessionMiddleware, so that a redirect touches no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if request.path == "/" and asks_by_number(request.META.get("QUERY_STRING", "")):
            return redirect_to_new(request) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code == 404:
            return redirect_to_new(request) or response
        return response


def redirect_to_new(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """Return the redirect for the requested URL if its target is public, else None."""
    keys = keys_to_try(request.path, request.META.get("QUERY_STRING", ""))
    readable = Q(article=None) | readable_at(timezone.now(), "article__")
    found = Redirect.objects.filter(readable, key__in=keys).select_related(
        "article", "topic", "picture", "document"
    )
    targets = {old.key: old.target_url for old in found.defer(*DEFERRED_FIELDS)}
    for key in keys:
        if key in targets and targets[key] != request.path:
            redirect = HttpResponsePermanentRedirect(targets[key])
            redirect["Cache-Control"] = CACHE_FOR_A_DAY
            return redirect
    return None
