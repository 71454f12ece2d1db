"""The verbs of a reader of the letter: ask, confirm, stop."""

from datetime import timedelta

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
def request_subscription(email, now):
    """Write to the address, which must confirm; asked again within the hour it is one mail.

    Whoever gets the letter already is not written to: nothing on the page tells the difference.
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


def confirm_token(reader):
    """Confirms the address of its holder, for a week."""
    return _confirming.sign(reader.pk)


def confirmed_reader(token):
    """The reader a mailed token belongs to, else None: not ours, too old, or gone."""
    try:
        pk = _confirming.unsign(token, max_age=CONFIRM_WITHIN)
    except BadSignature:
        return None
    return NewsletterSubscriber.objects.filter(pk=pk).first()


def confirm(reader, now):
    """She gets what is published from now on; confirmed twice it is the first time."""
    NewsletterSubscriber.objects.filter(pk=reader.pk, confirmed_at=None).update(
        confirmed_at=now, sent_until=now
    )


def stop_token(reader):
    """Ends the letters to its holder."""
    return _stopping.sign(reader.pk)


def unsubscribe_reader(token):
    """Forget the address. Whether the token is ours; used twice it is the same."""
    try:
        NewsletterSubscriber.objects.filter(pk=_stopping.unsign(token)).delete()
    except BadSignature:
        return False
    return True


def is_unsubscribe_token(token):
    """Whether the token is ours."""
    try:
        _stopping.unsign(token)
    except BadSignature:
        return False
    return True


def forget_unconfirmed(now):
    """Forget addresses that never confirmed."""
    NewsletterSubscriber.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()
