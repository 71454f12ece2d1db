"""Our words where django-allauth says what went wrong, and no clock that tells who has an account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Only the words differ, and what a sign-up with a known address costs."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Please check it, or ask for a new one."),
        "email_password_mismatch": _("The email address or the password does not fit."),
        "too_many_login_attempts": _("That was tried many times. Please wait five minutes, then try again."),
    }

    def send_account_already_exists_mail(self, email):
        """Tell her by mail. A new account would have had its password hashed: this takes as long as that."""
        make_password(email)
        super().send_account_already_exists_mail(email)
