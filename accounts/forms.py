"""What sign-up asks besides an e-mail address and a password, and the codes of the second step."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from common.time_zones import time_zones


class SignupDetailsForm(forms.Form):
    """Added by django-allauth to its own sign-up form."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        required=False,
        help_text=_("A first name or nickname. You can leave this empty."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    # Filled by a script from the phone's own setting; she can change it later.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    field_order = ["name", "email", "password1"]

    def clean_time_zone(self):
        """An unknown zone is no reason to refuse her: UTC then."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in time_zones() else "UTC"

    def signup(self, request, user):
        """Keep the details on the user that django-allauth has just made."""
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "time_zone"])


class CountedCodeMixin:
    """Limits how often a code may be wrong."""

    def clean_code(self):
        """The code, if it is right."""
        adapter = get_adapter()
        tried = adapter.try_code(adapter.request, self.user)
        code = super().clean_code()
        tried.was_right()
        return code


class AuthenticateForm(CountedCodeMixin, mfa_forms.AuthenticateForm):
    """The second step at sign-in."""


class ReauthenticateForm(CountedCodeMixin, mfa_forms.ReauthenticateForm):
    """Who she is, asked again."""
