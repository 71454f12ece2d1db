"""Undoing a change of email address from the old mailbox, by a signed link valid for seven days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction

from accounts.models import User

UNDO_WITHIN = timedelta(days=7)
SALT = "accounts.address_change"


@dataclass(frozen=True)
class AddressChange:
    """A change away from `email`, at `changed_at`."""

    user: User
    email: str
    changed_at: datetime


def undo_token(user: User, email: str, now: datetime) -> str:
    """Return a token by which the holder of the former address `email` can take the account back."""
    return signing.dumps([user.pk, email, now.timestamp()], salt=SALT)


def read_undo_token(token: str, now: datetime) -> AddressChange | None:
    """Return the change of a token that is valid at `now`; None if it expired, or the address is another account's."""
    try:
        pk, email, at = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    changed_at = datetime.fromtimestamp(at, UTC)
    user = get_user_model().objects.filter(pk=pk).first()
    if user is None or now - changed_at > UNDO_WITHIN or _is_taken(user, email):
        return None
    return AddressChange(user, email, changed_at)


@transaction.atomic
def undo_change(change: AddressChange) -> None:
    """Make the former address the only one again, and undo what whoever changed it could have added. Idempotent.

    The password no longer counts, which ends every session; passkeys and second factors set up since are removed,
    earlier ones stay: the old mailbox alone never gets past them.
    """
    user = get_user_model().objects.select_for_update().get(pk=change.user.pk)
    EmailAddress.objects.filter(user=user).exclude(email=change.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=change.email, defaults={"verified": True, "primary": True}
    )
    Authenticator.objects.filter(user=user, created_at__gte=change.changed_at).delete()
    UserSession.objects.filter(user=user).delete()
    user.email = change.email
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])


def _is_taken(user: User, email: str) -> bool:
    others = EmailAddress.objects.filter(email=email, verified=True).exclude(user=user)
    return (
        others.exists() or get_user_model().objects.filter(email__iexact=email).exclude(pk=user.pk).exists()
    )
