"""How often accounts' forms may be sent, passwords and codes be wrong, and mails be asked for.

django-allauth's own limits are kept in the cache, whose rows other traffic can push out: they are switched off.
"""

from dataclasses import dataclass
from functools import wraps

from allauth.account.models import EmailAddress
from django.utils import timezone

from common.limits import Limit, clear, hit_all, network_of, slowed, take_back, too_many
from common.url_patterns import wrap_views

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

# How often a form may be sent from one network, by the name of its address.
SIGN_IN = [Limit("sign in a minute", 20, MINUTE), Limit("sign in an hour", 120, HOUR)]
FORMS = {
    "account_login": SIGN_IN,
    "mfa_authenticate": SIGN_IN,
    "mfa_login_webauthn": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_email_verification_sent": SIGN_IN,
    "account_signup": [Limit("sign up", 20, MINUTE)],
    "account_request_login_code": [Limit("sign-in code", 20, MINUTE)],
    "account_reset_password": [Limit("reset", 20, MINUTE)],
    "account_reset_password_from_key": [Limit("new password", 20, MINUTE)],
}
# The same by one member, who may change networks.
MEMBERS_FORMS = {
    "account_change_password": [Limit("change password", 10, HOUR)],
    "account_set_password": [Limit("change password", 10, HOUR)],
    "account_email": [Limit("change email", 10, MINUTE)],
}
# Where somebody signed in lately, a stranger's guesses from elsewhere do not shut the account.
KNOWN_PLACE = Limit("place", 1, 30 * DAY)


@dataclass(frozen=True)
class Tries:
    """How often one account's secret may be tried: from one network, from networks that are new to it, and in all.

    What new networks may not use up is left for those the account was used from: nobody shuts its owner out.
    """

    here: Limit
    from_new_places: Limit
    in_all: Limit

    def clear(self, account, network):
        """Forget the wrong ones."""
        clear([self.here.of(account, network), self.from_new_places.of(account), self.in_all.of(account)])

    def windows(self, account, network, now):
        """What is counted for a try."""
        windows = [self.here.of(account, network), self.in_all.of(account)]
        if not KNOWN_PLACE.of(account, network).seconds_to_wait(now):
            windows.insert(1, self.from_new_places.of(account))
        return windows


PASSWORDS = Tries(
    Limit("password here", 5, 5 * MINUTE), Limit("password elsewhere", 15, HOUR), Limit("password", 20, HOUR)
)
CODES = Tries(Limit("code here", 5, 5 * MINUTE), Limit("code elsewhere", 15, HOUR), Limit("code", 20, HOUR))
MAILS = Tries(Limit("mail here", 5, 10 * MINUTE), Limit("mail elsewhere", 10, HOUR), Limit("mail", 15, HOUR))


class Try:
    """One try, counted before it is known whether it is right, so that of many at once none is free.

    `wait` is 0, or the seconds until another is allowed; then this one is refused, and the page says so.
    """

    def __init__(self, request, tries, account):
        self.now = timezone.now()
        self.windows = tries.windows(account, network_of(request), self.now)
        self.wait = hit_all(self.windows, self.now)
        if self.wait:
            request.seconds_to_wait = self.wait

    def was_right(self):
        """Only wrong ones count."""
        take_back(self.windows, self.now)


def account_of(email):
    """What the tries at an address are counted for: its account whichever of its addresses is used, or itself."""
    found = EmailAddress.objects.filter(email=email.lower()).order_by("-verified").values_list("user_id")
    return next(iter(found[:1]), (email.lower(),))[0]


def remember_place(request, user):
    """Somebody has signed in to this account from this network."""
    KNOWN_PLACE.of(user.pk, network_of(request)).hit(timezone.now())


def with_rate_limits(patterns):
    """Have the views of django-allauth refuse what is sent too often: 429, and when to come again."""
    return wrap_views(patterns, _limited)


def _limited(name, view):
    @wraps(view)
    def within(request, *args, **kwargs):
        if request.method == "POST":
            wait = hit_all(_windows(name, request), timezone.now())
            if wait:
                return too_many(request, wait)
        response = view(request, *args, **kwargs)
        wait = getattr(request, "seconds_to_wait", 0)
        return slowed(response, wait) if wait else response

    return within


def _windows(name, request):
    limits = [limit.of(network_of(request)) for limit in FORMS.get(name, [])]
    return limits + [limit.of(request.user.pk) for limit in MEMBERS_FORMS.get(name, [])]
