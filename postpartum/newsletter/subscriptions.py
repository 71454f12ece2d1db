"""Services of the newsletter: request, confirm and end a subscription."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.utils.translation import gettext as _

from postpartum.mail.writing import site_address, write
from postpartum.models import NewsletterSubscriber

CONFIRM_WITHIN = timedelta(days=7)
ASK_AGAIN_AFTER = timedelta(hours=1)

_confirming = TimestampSigner(sep=".", salt="postpartum.newsletter.confirm")
_stopping = Signer(sep=".", salt="postpartum.newsletter.stop")


@transaction.atomic
def request_subscription(email: str, now: datetime) -> None:
    """Mail a confirmation link to the address, at most once an hour.

    Nothing is sent to current subscribers, and nothing on the page tells the difference.
    """
    email = email.lower()
    reader, is_new = NewsletterSubscriber.objects.select_for_update().get_or_create(
        email=email, defaults={"asked_at": now, "sent_until": now}
    )
    if reader.confirmed_at or not (is_new or now - reader.asked_at > ASK_AGAIN_AFTER):
        return
    reader.asked_at = now
    reader.save(update_fields=["asked_at"])
    address = site_address("letter_confirm", confirm_token(reader))
    write(email, _("Please confirm your address"), "letter_confirm", {"address": address})


def confirm_token(reader: NewsletterSubscriber) -> str:
    """Return a token that confirms the subscriber's address, valid for a week."""
    return _confirming.sign(str(reader.pk))


def confirmed_reader(token: str) -> NewsletterSubscriber | None:
    """Return the subscriber of a mailed token; None for an invalid or expired token."""
    try:
        pk = _confirming.unsign(token, max_age=CONFIRM_WITHIN)
    except BadSignature:
        return None
    return NewsletterSubscriber.objects.filter(pk=pk).first()


def confirm(reader: NewsletterSubscriber, now: datetime) -> None:
    """Subscribe the reader to what is published from now on. Idempotent."""
    NewsletterSubscriber.objects.filter(pk=reader.pk, confirmed_at=None).update(
        confirmed_at=now, sent_until=now
    )


def stop_token(reader: NewsletterSubscriber) -> str:
    """Return a token that ends the subscription."""
    return _stopping.sign(str(reader.pk))


def unsubscribe_reader(token: str) -> bool:
    """Delete the subscription. Return whether the token is valid. Idempotent."""
    try:
        NewsletterSubscriber.objects.filter(pk=_stopping.unsign(token)).delete()
    except BadSignature:
        return False
    return True


def is_unsubscribe_token(token: str) -> bool:
    """Return whether the token is valid."""
    try:
        _stopping.unsign(token)
    except BadSignature:
        return False
    return True


def forget_unconfirmed(now: datetime) -> None:
    """Delete addresses that were never confirmed."""
    NewsletterSubscriber.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()
