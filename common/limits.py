"""How often something may be done, counted in PostgreSQL: all processes share the count, and nothing pushes it out.

Whoever is counted, a network or an account, goes into a key as a keyed hash and is written down nowhere.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.models import RateLimitWindow

R = TypeVar("R", bound=HttpResponseBase)
IPV6_PREFIX = 64  # bits; whoever has one address of such a network has all of them


@dataclass(frozen=True)
class Limit:
    """At most `most` times within any `seconds`. `name` sets it apart from other limits on the same source."""

    name: str
    most: int
    seconds: int

    def of(self, *source: str | int) -> "Window":
        """The window of one source: strings or numbers that name it, such as an account and a network."""
        said = json.dumps([self.name, *source])
        return Window(self, salted_hmac("common.limits", said, algorithm="sha256").hexdigest())


@dataclass(frozen=True)
class Window:
    """What one source has left of a limit."""

    limit: Limit
    key: str

    def hit(self, now: datetime) -> int:
        """Count one more. 0, or if that is one too many and was not counted, the seconds until there is room."""
        if RateLimitWindow.objects.hit(self.key, self.limit.most, self.limit.seconds, now):
            return 0
        return max(1, self.seconds_to_wait(now))

    def seconds_to_wait(self, now: datetime) -> int:
        """Until there is room for one more; 0 if there is."""
        row = RateLimitWindow.objects.filter(pk=self.key).first()
        end = now - timedelta(seconds=self.limit.seconds)
        counted = sorted(hit for hit in row.hits if hit > end) if row else []
        if len(counted) < self.limit.most:
            return 0
        return math.ceil((counted[-self.limit.most] - end).total_seconds())


def hit_all(windows: Sequence[Window], now: datetime) -> int:
    """Count one more in each window, or in none: 0, or the seconds until the full one has room."""
    for place, window in enumerate(windows):
        wait = window.hit(now)
        if wait:
            take_back(windows[:place], now)
            return wait
    return 0


def take_back(windows: Sequence[Window], now: datetime) -> None:
    """Forget what was counted in these windows at `now`."""
    if windows:
        RateLimitWindow.objects.take_back([window.key for window in windows], now)


def clear(windows: Sequence[Window]) -> None:
    """Forget all that was counted in these windows."""
    RateLimitWindow.objects.filter(pk__in=[window.key for window in windows]).delete()


def remove_expired(now: datetime) -> None:
    """Delete the windows in which nothing counts any more."""
    RateLimitWindow.objects.filter(expires_at__lte=now).delete()


def network_of(request: HttpRequest) -> str:
    """The network a request came from: an IPv4 address, or all of an IPv6 customer's addresses as one."""
    address: IPv4Address | IPv6Address | IPv6Network = ip_address(sender_address(request))
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or IPv6Network((int(address), IPV6_PREFIX), strict=False)
    return str(address)


def sender_address(request: HttpRequest) -> str:
    """The address a request came from, as far as our own proxies can tell; PermissionDenied where they cannot."""
    return get_adapter().get_client_ip(request)


def wait_words(seconds: int) -> str:
    """How long to wait, in words to put after "wait": such as "5 minutes"."""
    minutes = math.ceil(seconds / 60)
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def ask_to_wait(form: BaseForm, seconds: int) -> None:
    """Have a form, with all that was typed, say that it was sent too often."""
    words = _("That was a lot at once. Please wait %(time)s, then send it again.")
    form.add_error(None, words % {"time": wait_words(seconds)})


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """A page of its own that asks to wait so long."""
    return slowed(render(request, "429.html", {"wait": wait_words(seconds)}), seconds)


def slowed(response: R, seconds: int) -> R:
    """Mark a page as refused for so long."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response
