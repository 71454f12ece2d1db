"""Inviting members and colleagues by mail, and what happens when they accept."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import User
from common.locks import lock_name
from common.practice import practice_details
from postpartum.mail.writing import site_address, write
from postpartum.models import Invitation
from programs.services.admission import admit

MOTHER = ""
AGAIN_AFTER = timedelta(minutes=1)  # a second tap sends no second mail
FORGOTTEN_AFTER = timedelta(days=30)  # from the end of the link


class InvitationGoneError(Exception):
    """The link is unknown, was used, or is over."""


@transaction.atomic
def invite(emails: Iterable[str], role: str, by: User, now: datetime) -> int:
    """Invite each address, unless it has an open invitation in this role. Return how many mails are sent.

    An address invited in another role, or whose link is dead, gets a new link; the former one no longer works.
    """
    sent = 0
    lock_name("invitations")
    for email in dict.fromkeys(one.lower() for one in emails):
        known = Invitation.objects.filter(email=email).first()
        if known is None or known.role != role or known.ends_at <= now:
            _send(known or Invitation(email=email), role, by, now)
            sent += 1
    return sent


@transaction.atomic
def resend(pk: int, by: User, now: datetime) -> bool:
    """Send the invitation again with a new link. Return False where it is gone, or was sent a moment ago."""
    invitation = Invitation.objects.select_for_update().filter(pk=pk).first()
    if invitation is None or now - invitation.sent_at < AGAIN_AFTER:
        return False
    _send(invitation, invitation.role, by, now)
    return True


def invitation_of(token: str, now: datetime) -> Invitation | None:
    """Return the open invitation with this token, None for a dead link."""
    found = Invitation.objects.filter(token_hash=_hash(token)).select_related("invited_by").first()
    return found if found and found.ends_at > now else None


@transaction.atomic
def accept(token: str, time_zone: str, now: datetime, name: str = "") -> User:
    """Return the account of whoever holds the link, created if needed, with the role or admission it brings.

    The link came by mail, so the address is theirs. A colleague has the `name` from now on. Raise InvitationGoneError.
    """
    found = Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first()
    if found is None or found.ends_at <= now:
        raise InvitationGoneError
    user = _account(found.email, time_zone)
    if found.role:
        user.groups.add(Group.objects.get(name=found.role))
        user.is_staff, user.name = True, name or user.name
        user.save(update_fields=["is_staff", "name"])
    else:
        admit(user, now)
    found.delete()
    return user


def forget_old_invitations(now: datetime) -> int:
    """Delete the addresses of people who never answered. Return their number."""
    end = now - Invitation.VALID_FOR - FORGOTTEN_AFTER
    return Invitation.objects.filter(sent_at__lt=end).delete()[0]


def _account(email: str, time_zone: str) -> User:
    """Return the account with this address, which is confirmed from now on.

    The forms of sign-up hold the same lock: whoever signs up with it in this moment makes no second account.
    """
    lock_name(f"email {email.lower()}")
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if address:
        return address.user
    users = get_user_model().objects
    user = users.filter(email__iexact=email).first() or users.create_user(email, time_zone=time_zone)
    if user.last_login is None:  # whoever signed up with this address before never owned the mailbox
        user.set_unusable_password()
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def _send(invitation: Invitation, role: str, by: User, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    invitation.role, invitation.invited_by, invitation.sent_at = role, by, now
    invitation.token_hash = _hash(token)
    invitation.save()
    context = {
        "by": practice_details()["therapist"] if role == MOTHER else str(by),
        "is_colleague": role != MOTHER,
        "link": site_address("invitation", token),
        "until": invitation.ends_at,
    }
    subject = render_to_string("mail/invitation_subject.txt", {"practice": practice_details()}).strip()
    write(invitation.email, subject, "invitation", context)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
