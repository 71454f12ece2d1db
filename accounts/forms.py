"""What sign-up sends besides the email address, and rate-limited forms of the second factor."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField, PasswordField
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base import forms as mfa_forms
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.limits import Limit
from common.time_zones import time_zones

# A code of an app is good for its half minute and MFA_TOTP_TOLERANCE of them on either side; each counts once.
USED_CODE = Limit("used code", 1, TOTP_PERIOD * (2 * TOTP_TOLERANCE + 1))


class SignupDetailsForm(forms.Form):
    """Base class of django-allauth's sign-up form (ACCOUNT_SIGNUP_FORM_CLASS)."""

    # Filled by a script from the phone's setting; the member can change it later.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def clean_time_zone(self) -> str:
        """Return the zone, or UTC for an unknown one: no reason to refuse a sign-up."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in time_zones() else "UTC"

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the time zone on the user that django-allauth has just created."""
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["time_zone"])


class ColleagueForm(SignupDetailsForm):
    """What an invited colleague says of herself: members and readers see who wrote to them."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Members and readers see it where you answer them."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class FirstOwnerForm(SignupDetailsForm):
    """Account of the first owner, without the secrecy of sign-up: nobody else gets to see this form."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        required=False,
        help_text=_("A first name or nickname. You can leave this empty."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = EmailField()
    password1 = PasswordField(label=_("Password"), autocomplete="new-password")

    def clean_email(self) -> str:
        """Return the address in lower case. Raise ValidationError where an account has it."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("This address already has an account. Please use another one."))
        return email

    def clean_password1(self) -> str:
        """Return the password if it is hard enough to guess."""
        about = User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))
        return get_adapter().clean_password(self.cleaned_data["password1"], user=about)


class CountedCodeMixin(mfa_forms.BaseAuthenticateForm):
    """Limits how often a code may be wrong."""

    def clean_code(self) -> str:
        """Return the code if it is right."""
        adapter = get_adapter()
        tried = adapter.try_code(adapter.request, self.user)
        code = super().clean_code()
        if USED_CODE.of(self.user.pk, normalize_user_code(code)).hit(timezone.now()):
            raise adapter.validation_error("code_used")
        tried.succeeded()
        return code


class AuthenticateForm(CountedCodeMixin, mfa_forms.AuthenticateForm):
    """The second factor at sign-in."""


class ReauthenticateForm(CountedCodeMixin, mfa_forms.ReauthenticateForm):
    """The second factor, asked again before a sensitive page."""
