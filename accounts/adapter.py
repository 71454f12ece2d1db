"""Our words where django-allauth says what went wrong."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Only the words differ."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Please check it, or ask for a new one."),
        "email_password_mismatch": _("The email address or the password does not fit."),
        "too_many_login_attempts": _(
            "That was tried many times. Please wait five minutes, or sign in with a mailed code."
        ),
    }
