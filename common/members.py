"""The decorator of every page that belongs to one signed-in member, and the types of what it lets through."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

if TYPE_CHECKING:
    # The model AUTH_USER_MODEL names: django-stubs resolves this alias to it, so no app is imported.
    from django.contrib.auth.models import _User as User
else:
    User = Any


class MemberRequest(HttpRequest):
    """A request that passed `member_page` (or the admin's own check): `user` is signed in, never anonymous."""

    user: User


def member_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Require sign-in, run the view in the member's time zone, and keep the response out of every cache."""

    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(ZoneInfo(request.user.time_zone)):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "private, no-store"
        return response

    return login_required(page)


def is_signed_in(request: HttpRequest) -> bool:
    """Return whether somebody signed in asks for a public page.

    A visitor without the cookie of a session is not looked up, so that the page stays the same for all of them.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def may_act_for_team(user: User) -> bool:
    """Return whether the user's sign-in is strong enough to act as staff: a second factor, where one is required."""
    return not settings.STAFF_SECOND_FACTOR or is_mfa_enabled(user)


def signed_in_user(request: HttpRequest) -> User:
    """Return the user of a request that an earlier check has let through, as the admin does for its pages.

    Raises PermissionDenied for a guest, so that a page that lost its check stays closed.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
