from typing import Any

from allauth.account.signals import email_confirmed
from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who a person is."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """Connect django-allauth's signal of a confirmed address."""
        email_confirmed.connect(note_confirmation, dispatch_uid="accounts.confirmation")


def note_confirmation(request: HttpRequest, email_address: Any, **_kwargs: Any) -> None:
    """Note on the request whose address it confirmed, for AccountAdapter.pre_login."""
    request.confirmed_user_id = email_address.user_id  # type: ignore[attr-defined]
