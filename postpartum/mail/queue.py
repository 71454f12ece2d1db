"""Mail backend that queues rows in the current transaction: a mail exists if and only if its cause does."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import formataddr, make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from common.practice import practice_details
from common.prepared import PreparedInsert
from postpartum.mail.html import html_of
from postpartum.models import Mail

_insert = PreparedInsert(Mail)
HEADERS = {"Auto-Submitted": "auto-generated"}


class QueueBackend(BaseEmailBackend):
    """Writes mails into the queue, in whatever transaction is open."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Queue the messages. Return their number; raise ValueError for one with an attachment."""
        mails = [queued(message, timezone.now()) for message in messages if message.recipients()]
        _insert(*mails)
        return len(mails)


def queued(message: EmailMessage, now: datetime) -> Mail:
    """Return the unsaved row of a message."""
    if message.attachments:
        raise ValueError("Mails carry no attachments. Link to a page behind the sign-in.")
    reply_to = message.reply_to or [practice_details()["email"]]
    return Mail(
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        recipients=[address.lower() for address in message.recipients()],
        sender=_sender(message.from_email),
        subject=" ".join(str(message.subject).split()),
        headers=HEADERS | {"Reply-To": ", ".join(reply_to)} | message.extra_headers,
        text=message.body,
        html=_html_part(message) or html_of(str(message.subject), str(message.body)),
        created_at=now,
        next_try_at=now,
        changed_at=now,
    )


def _sender(address: str) -> str:
    """Return the site's own address under the current name of the practice; any other as it is."""
    if address != settings.DEFAULT_FROM_EMAIL:
        return address
    return formataddr((practice_details()["name"], settings.PRACTICE["email"]))


def _html_part(message: EmailMessage) -> str | None:
    parts = getattr(message, "alternatives", [])
    return next((part.content for part in parts if part.mimetype == "text/html"), None)
