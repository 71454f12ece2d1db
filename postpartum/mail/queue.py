"""Django's way to send mail, but into the queue: a mail exists if and only if its cause does."""

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from postpartum.mail.html import html_of
from postpartum.models import Mail

EVERY_MAIL_SAYS = {"Auto-Submitted": "auto-generated"}


class QueueBackend(BaseEmailBackend):
    """Writes mails into the queue, in whatever transaction is open."""

    def send_messages(self, messages):
        """Queue the messages; how many. Raises ValueError for one with an attachment: link to a page instead."""
        mails = [queued(message, timezone.now()) for message in messages if message.recipients()]
        return len(Mail.objects.bulk_create(mails))


def queued(message, now):
    """The unsaved row of a message."""
    if message.attachments:
        raise ValueError("Mails carry no attachments. Link to a page behind the sign-in.")
    reply_to = message.reply_to or [settings.PRACTICE["email"]]
    return Mail(
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        recipients=[address.lower() for address in message.recipients()],
        sender=message.from_email,
        subject=" ".join(str(message.subject).split()),
        headers=EVERY_MAIL_SAYS | {"Reply-To": ", ".join(reply_to)} | message.extra_headers,
        text=message.body,
        html=_html_part(message) or html_of(str(message.subject), message.body),
        created_at=now,
        next_try_at=now,
        changed_at=now,
    )


def _html_part(message):
    parts = getattr(message, "alternatives", [])
    return next((part.content for part in parts if part.mimetype == "text/html"), None)
