"""Our words where django-allauth says what went wrong, our limits, and no clock that tells who has an account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.limits import CODES, MAILS, PASSWORDS, Try, account_of, remember_place
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
    """What django-allauth asks us."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Please check it, or ask for a new one."),
        "email_password_mismatch": _("The email address or the password does not fit."),
        "too_many_login_attempts": _("That code no longer counts. Please ask for a new one."),
        "too_many_tries": _("That was tried many times. Please wait %s, then try again."),
    }

    def authenticate(self, request, **credentials):
        """Whose email address and password these are, or nobody. ValidationError after too many wrong ones."""
        tried = Try(request, PASSWORDS, account_of(credentials.get("email", "")))
        self.refuse_if_too_many(tried)
        user = super().authenticate(request, **credentials)
        if user:
            tried.was_right()
        return user

    def try_code(self, request, user):
        """Count a try at the codes of a member's app, or her recovery codes. ValidationError after too many."""
        tried = Try(request, CODES, user.pk)
        self.refuse_if_too_many(tried)
        return tried

    def refuse_if_too_many(self, tried):
        """The same words whether there is such an account or not."""
        if tried.wait:
            raise self.validation_error("too_many_tries", wait_words(tried.wait))

    def login(self, request, user):
        """Sign in, all steps done."""
        super().login(request, user)
        remember_place(request, user)

    def set_password(self, user, password):
        """Make this the password. Wrong ones tell nothing about the new one."""
        super().set_password(user, password)
        PASSWORDS.clear(user.pk, network_of(self.request))

    def send_mail(self, template_prefix, email, context):
        """Mail, unless so much was asked for that it would flood a mailbox: then a page that asks to wait."""
        if template_prefix in ASKED_FOR:
            wait = Try(self.request, MAILS, account_of(email)).wait
            if wait:
                raise ImmediateHttpResponse(too_many(self.request, wait))
        super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request):
        """Whoever works at the desk goes there; members, to their day."""
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def send_account_already_exists_mail(self, email):
        """Tell her by mail. A new account would have had its password hashed: this takes as long as that."""
        make_password(email)
        super().send_account_already_exists_mail(email)
