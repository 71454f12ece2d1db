"""Rate limits of the account forms, of wrong passwords and codes, and of requested mails.

django-allauth's own limits are kept in the cache, whose rows other traffic can evict: they are switched off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from accounts.models import User
from common.limits import Limit, Window, clear, hit_all, network_of, slowed, take_back, too_many
from common.url_patterns import wrap_views

Account = int | str  # the id of a user, or an email address that has no account
MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

# How often a form may be sent from one network, by URL name.
SIGN_IN = [Limit("sign in a minute", 20, MINUTE), Limit("sign in an hour", 120, HOUR)]
FORMS = {
    "account_login": SIGN_IN,
    "mfa_authenticate": SIGN_IN,
    "mfa_login_webauthn": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_email_verification_sent": SIGN_IN,
    "account_signup": [Limit("sign up", 20, MINUTE)],
    "account_reauthenticate_by_code": SIGN_IN,
    "account_request_login_code": [Limit("sign-in code", 20, MINUTE)],
    "account_reset_password": [Limit("reset", 20, MINUTE)],
    "account_reset_password_from_key": [Limit("new password", 20, MINUTE)],
}
# How often one member may send a form, from any network.
MEMBER_FORMS = {
    "account_change_password": [Limit("change password", 10, HOUR)],
    "account_set_password": [Limit("change password", 10, HOUR)],
    "account_email": [Limit("change email", 10, MINUTE)],
}
# A network somebody signed in from lately: guesses from elsewhere do not lock the account there.
KNOWN_NETWORK = Limit("place", 1, 30 * DAY)


@dataclass(frozen=True)
class Attempts:
    """How often one account's secret may be tried: from one network, from networks new to the account, and in all.

    Networks the account was used from have a budget that new networks cannot use up: nobody can lock the owner out.
    """

    here: Limit
    from_new_networks: Limit
    in_all: Limit

    def clear(self, account: Account, network: str) -> None:
        """Forget the failed attempts."""
        clear([self.here.of(account, network), self.from_new_networks.of(account), self.in_all.of(account)])

    def windows(self, account: Account, network: str, now: datetime) -> list[Window]:
        """Return the windows in which an attempt counts."""
        windows = [self.here.of(account, network), self.in_all.of(account)]
        if not KNOWN_NETWORK.of(account, network).seconds_to_wait(now):
            windows.insert(1, self.from_new_networks.of(account))
        return windows


PASSWORDS = Attempts(
    Limit("password here", 5, 5 * MINUTE), Limit("password elsewhere", 15, HOUR), Limit("password", 20, HOUR)
)
CODES = Attempts(
    Limit("code here", 5, 5 * MINUTE), Limit("code elsewhere", 15, HOUR), Limit("code", 20, HOUR)
)
MAILS = Attempts(
    Limit("mail here", 5, 10 * MINUTE), Limit("mail elsewhere", 10, HOUR), Limit("mail", 15, HOUR)
)


class Attempt:
    """One attempt, counted before it is known whether it succeeds, so that concurrent attempts cannot exceed the limit.

    `wait` is 0, or the seconds until another attempt is allowed; then this one is refused, and the page says so.
    """

    def __init__(self, request: HttpRequest, attempts: Attempts, account: Account) -> None:
        self.now = timezone.now()
        self.windows = attempts.windows(account, network_of(request), self.now)
        self.wait = hit_all(self.windows, self.now)
        if self.wait:
            request.seconds_to_wait = self.wait  # type: ignore[attr-defined]  # for limited_view

    def succeeded(self) -> None:
        """Take the attempt back: only failures count."""
        take_back(self.windows, self.now)


def account_of(email: str) -> Account:
    """Return whom attempts at an address count for: the account with this address, else the address."""
    found = EmailAddress.objects.filter(email=email.lower()).order_by("-verified").values_list("user_id")
    return next(iter(found[:1]), (email.lower(),))[0]


def remember_network(request: HttpRequest, user: User) -> None:
    """Note that somebody signed in to this account from this network."""
    KNOWN_NETWORK.of(user.pk, network_of(request)).hit(timezone.now())


def with_rate_limits(patterns: Sequence[URLPattern | URLResolver]) -> Sequence[URLPattern | URLResolver]:
    """Wrap django-allauth's views to answer what is sent too often with 429 and Retry-After."""
    return wrap_views(patterns, _limited)


def _limited(name: str | None, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def limited_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            wait = hit_all(_windows(name, request), timezone.now())
            if wait:
                return too_many(request, wait)
        response = view(request, *args, **kwargs)
        wait = getattr(request, "seconds_to_wait", 0)
        return slowed(response, wait) if wait else response

    return limited_view


def _windows(name: str | None, request: HttpRequest) -> list[Window]:
    network = network_of(request)
    windows = [limit.of(network) for limit in FORMS.get(name or "", [])]
    if request.user.is_authenticated:
        windows += [limit.of(request.user.pk) for limit in MEMBER_FORMS.get(name or "", [])]
    return windows
