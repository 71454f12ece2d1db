"""Transactions around the views of a library that write more than one row."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from common.locks import lock_name
from common.url_patterns import wrap_views

SAFE = ("GET", "HEAD", "OPTIONS")


def with_atomic_requests(patterns: Sequence[URLPattern | URLResolver]) -> Sequence[URLPattern | URLResolver]:
    """Run each view of these URL patterns in one transaction where its method may write, queued mails included."""
    return wrap_views(patterns, lambda name, view: _atomic(view))


def _atomic(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def atomic_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if request.user.is_authenticated:
                lock_name(
                    f"account {request.user.pk}"
                )  # a form sent twice at once finds what the first one did
            return view(request, *args, **kwargs)

    return atomic_view
