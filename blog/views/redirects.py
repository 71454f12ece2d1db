"""Addresses of the old blog, answered by a lasting redirect to what stands for them here.

A middleware, so that it costs nothing where it is not needed: it looks only when a page was not found, or when the
front page is asked for a page by number, as in /?p=12. It leads to addresses of this site only.
"""

from django.db.models import Q
from django.http import HttpResponsePermanentRedirect
from django.utils import timezone

from blog.importers.wordpress.addresses import asks_by_number, keys_to_try
from blog.models import Redirect
from blog.querysets import readable_at

A_DAY = "public, max-age=86400"  # long enough to matter, short enough to mend
NOT_NEEDED = ("article__body", "article__finished", "article__words", "article__search")


def redirect_old_addresses(get_response):
    """Django's middleware; its place is before the sessions, so that a redirect touches none."""

    def middleware(request):
        asked = request.META.get("QUERY_STRING", "")
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        if asked and request.path == "/" and asks_by_number(asked):
            return _redirect(request, asked) or get_response(request)
        response = get_response(request)
        if response.status_code == 404:
            return _redirect(request, asked) or response
        return response

    return middleware


def _redirect(request, asked):
    keys = keys_to_try(request.path, asked)
    readable = Q(article=None) | readable_at(timezone.now(), "article__")
    found = Redirect.objects.filter(readable, key__in=keys).select_related("article", "topic", "picture")
    targets = {old.key: old.leads_to for old in found.defer(*NOT_NEEDED)}
    for key in keys:
        if key in targets and targets[key] != request.path:
            redirect = HttpResponsePermanentRedirect(targets[key])
            redirect["Cache-Control"] = A_DAY
            return redirect
    return None
