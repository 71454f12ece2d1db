"""Signing up and in with a mailed code (ACCOUNT_FORMS).

Apart from `forms`, which django-allauth imports while it builds its own.
"""

from typing import Any

from allauth.account import forms as account_forms
from django.utils.translation import gettext_lazy as _


class SignupForm(account_forms.SignupForm):
    """An email address and no password, even if one is sent: hashing it would tell new addresses from known ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        self.fields["email"].widget.attrs["autofocus"] = True


class LoginForm(account_forms.LoginForm):
    """An email address, which gets a code by mail unless a password comes with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False


class SixDigitsMixin(account_forms.BaseConfirmCodeForm):
    """A mailed code, which phones fill in by themselves or offer their number keys for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Six-digit code")
        field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ConfirmLoginCodeForm(SixDigitsMixin, account_forms.ConfirmLoginCodeForm):
    """The code of a sign-in."""


class ConfirmEmailVerificationCodeForm(SixDigitsMixin, account_forms.ConfirmEmailVerificationCodeForm):
    """The code of a sign-up, or of an address added to an account."""
