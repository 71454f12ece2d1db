"""Addresses of a library whose views write more than one row."""

from functools import wraps

from django.db import transaction

from common.url_patterns import wrap_views

SAFE = ("GET", "HEAD", "OPTIONS")


def with_atomic_requests(patterns):
    """Let each view of these URL patterns do all that a form asks of it, mails to send included, or nothing of it."""
    return wrap_views(patterns, lambda name, view: _all_or_nothing(view))


def _all_or_nothing(view):
    @wraps(view)
    def whole(request, *args, **kwargs):
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return whole
