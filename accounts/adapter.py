"""django-allauth adapter: own error messages, rate limits, and no timing that reveals who has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.limits import CODES, MAILS, PASSWORDS, Attempt, account_of, remember_network
from accounts.models import User
from common.limits import network_of, too_many, wait_words

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
        "incorrect_code": _("That code does not fit. Please check it, or ask for a new one."),
        "email_password_mismatch": _("The email address or the password does not fit."),
        "too_many_login_attempts": _("That code no longer counts. Please ask for a new one."),
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
            wait = Attempt(self.request, MAILS, account_of(email)).wait
            if wait:
                raise ImmediateHttpResponse(too_many(self.request, wait))
        super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk for staff and the member's day for everybody else."""
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Notify the owner by mail. Hash a password first, so that this takes as long as a new account."""
        make_password(email)
        super().send_account_already_exists_mail(email)
