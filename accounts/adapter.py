"""django-allauth adapter: own error messages, rate limits, and no timing that reveals who has an account."""

import logging
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.address_changes import undo_token
from accounts.limits import CODES, MAILS, PASSWORDS, Attempt, account_of, remember_network
from accounts.models import User
from accounts.reauthentication import has_no_secret, require_proof
from common.limits import network_of, too_many, wait_words
from common.locks import lock_name

log = logging.getLogger(__name__)

# What anybody may have sent to any address. What tells an owner of a change always goes out.
ASKED_FOR = {
    f"account/email/{name}"
    for name in (
        "account_already_exists",
        "email_confirmation",
        "email_confirmation_signup",
        "login_code",
        "password_reset_key",
        "unknown_account",
    )
}


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to django-allauth's hooks."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Please check it, or ask for a new one."),
        "code_used": _("That code was used already. Please wait for the next one."),
        "email_password_mismatch": _("The email address or the password is not right."),
        "too_many_login_attempts": _("That code no longer works. Please ask for a new one."),
        "too_many_tries": _("That was tried many times. Please wait %s, then try again."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user with these credentials, or None. Raise ValidationError after too many failures."""
        tried = Attempt(request, PASSWORDS, account_of(credentials.get("email", "")))
        self.refuse_if_too_many(tried)
        user = super().authenticate(request, **credentials)
        if user:
            tried.succeeded()
        return user

    def try_code(self, request: HttpRequest, user: User) -> Attempt:
        """Count an attempt at a member's TOTP or recovery codes. Raise ValidationError after too many."""
        tried = Attempt(request, CODES, user.pk)
        self.refuse_if_too_many(tried)
        return tried

    def refuse_if_too_many(self, tried: Attempt) -> None:
        """Raise ValidationError where the attempt is over the limit; the message is the same for unknown accounts."""
        if tried.wait:
            raise self.validation_error("too_many_tries", wait_words(tried.wait))

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Void the password of an account whose address is confirmed by a sign-in code.

        Whoever signed up may not own the mailbox: a stranger could sign up with a member's address and wait until its
        owner confirms it so.
        """
        is_first = getattr(request, "confirmed_user_id", None) == user.pk and user.last_login is None
        if is_first and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            messages.info(
                request, _("Welcome. Please choose a password under “Profile”, or sign in by code.")
            )
        return super().pre_login(request, user, **login)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether a member is asked again. Raise ReauthenticationRequired where only a mailed code can tell."""
        require_proof(self.request)
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """Return the ways to prove who it is; a mailed code for members without a password or second factor."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_no_secret(user):
            url = reverse("account_reauthenticate_by_code")
            methods.append(
                {"id": "reauthenticate_by_code", "description": _("Use a code that we email you"), "url": url}
            )
        return methods

    def clean_email(self, email: str) -> str:
        """Return the address. Forms with the same one wait for each other: two equal sign-ups make one account."""
        lock_name(f"email {email.lower()}")
        return super().clean_email(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address of the client; of whoever connected, where X-Forwarded-For is shorter than it should be.

        TRUSTED_PROXY_COUNT may be too high, or a request may come past the proxies: neither is worth a failed page.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            address = request.META.get("REMOTE_ADDR", "")
            log.warning("X-Forwarded-For names fewer addresses than TRUSTED_PROXY_COUNT.")
            return clean_client_ip(address) or "0.0.0.0"  # noqa: S104 — counted, not bound

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, all steps done."""
        super().login(request, user)
        remember_network(request, user)

    def set_password(self, user: User, password: str) -> None:
        """Set the password and reset the count of wrong ones, which say nothing about the new one."""
        super().set_password(user, password)
        PASSWORDS.clear(user.pk, network_of(self.request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. Raise ImmediateHttpResponse with a 429 page where too many were requested."""
        if template_prefix in ASKED_FOR:
            self._count_mail(email)
        if template_prefix == "account/email/email_changed":
            context = context | {"undo_url": self._undo_url(email)}
        super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell of a change to the account, at the time that it is where its owner lives."""
        with timezone.override(ZoneInfo(user.time_zone)):
            super().send_notification_mail(template_prefix, user, context, email)

    def send_counted(self, email: str, subject: str, text: str) -> None:
        """Send a text. Raise ImmediateHttpResponse with a 429 page where too many mails were requested."""
        self._count_mail(email)
        EmailMessage(subject, text, to=[email]).send()

    def _count_mail(self, email: str) -> None:
        wait = Attempt(self.request, MAILS, account_of(email)).wait
        if wait:
            raise ImmediateHttpResponse(too_many(self.request, wait))

    def _undo_url(self, email: str) -> str:
        """Return the link that undoes the change; "" where the former address was never confirmed."""
        user = self.request.user
        if not EmailAddress.objects.filter(user=user, email=email, verified=True).exists():
            return ""
        token = undo_token(user, email, timezone.now())
        return f"{settings.SITE_URL}{reverse('undo_address_change', args=[token])}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk for staff and the member's day for everybody else."""
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)
