"""Say so where a mailed code came too late: django-allauth leads back to the beginning without a word."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext as _

from common.url_patterns import wrap_views

CODE_PAGES = {"account_confirm_login_code", "account_email_verification_sent"}
BEGINNINGS = ("account_login", "account_request_login_code")


def with_expired_codes(patterns: Sequence[URLPattern | URLResolver]) -> Sequence[URLPattern | URLResolver]:
    """Wrap the views that take a mailed code."""
    return wrap_views(patterns, _telling)


def _telling(name: str | None, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    if name not in CODE_PAGES:
        return view

    @wraps(view)
    def telling_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        told = len(messages.get_messages(request))
        response = view(request, *args, **kwargs)
        is_back = response.headers.get("Location") in {reverse(one) for one in BEGINNINGS}
        if request.method == "POST" and is_back and len(messages.get_messages(request)) == told:
            messages.info(request, _("That code is too old now. Type your email and we send you a new one."))
        return response

    return telling_view
