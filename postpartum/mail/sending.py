"""Delivery of queued mails to the mail server, one mail a transaction.

The row is locked while it is sent, so two workers never take the same one, and a worker that is killed leaves
nothing to clean up: the database releases the row and the next worker takes it. Where the kill falls between the mail
server's reply and our commit, the mail is sent a second time under the same Message-ID; no protocol closes that gap
of a few milliseconds.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError, transaction

from postpartum.mail.testing import sent_tests
from postpartum.models import Mail

GIVE_UP_AFTER = timedelta(days=3)
FIRST_WAIT = timedelta(seconds=30)
MAX_WAIT = timedelta(minutes=15)
KEEP_SENT = timedelta(days=90)

log = logging.getLogger(__name__)


def send_next(now: datetime) -> bool:
    """Try the mail that is due longest. Return whether to go on: False if none was due, or the server is unavailable."""
    with transaction.atomic():
        mail = Mail.objects.due(now).select_for_update(skip_locked=True).first()
        if mail is None:
            return False
        try:
            message = as_message(mail)
            with transaction.atomic():
                # First, so that a database that refuses, for want of room, does so before the mail has left.
                _save_as_sent(mail, now)
                get_connection(settings.MAIL_DELIVERY_BACKEND).send_messages([message])
        except DatabaseError:
            raise
        except Exception as problem:  # whatever a library raises: this mail stays in the queue, others go out
            mail.refresh_from_db()
            _save_problem(mail, problem, now)
            log.warning("mail %s: %s", mail.pk, _kind(problem))
    log.info("mail %s %s", mail.pk, mail.state)
    return mail.state != Mail.State.WAITING


def remove_old(now: datetime) -> int:
    """Delete mails sent or given up more than KEEP_SENT ago. Return their number.

    Test mails that left stay, by which the desk knows that the site's mail was tested.
    """
    old = Mail.objects.exclude(state=Mail.State.WAITING).filter(changed_at__lt=now - KEEP_SENT)
    return old.exclude(pk__in=sent_tests().values("pk")).delete()[0]


def as_message(mail: Mail) -> EmailMultiAlternatives:
    """Return the queued mail as Django's message, text and HTML, under its own Message-ID."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        mail.recipients,
        headers=mail.headers | {"Message-ID": mail.message_id},
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _save_as_sent(mail: Mail, now: datetime) -> None:
    mail.state = Mail.State.SENT
    mail.tries += 1
    mail.problem = ""
    mail.text = mail.html = ""
    mail.headers = {}
    mail.changed_at = now
    mail.save()


def _save_problem(mail: Mail, problem: Exception, now: datetime) -> None:
    """Schedule a retry with backoff, or give up: at once where the refusal is permanent, else after GIVE_UP_AFTER."""
    mail.tries += 1
    mail.problem = _in_words(problem)
    if _is_final(problem):
        refused = isinstance(problem, SMTPRecipientsRefused)
        mail.state = Mail.State.BOUNCED if refused else Mail.State.FAILED
    elif now - mail.created_at > GIVE_UP_AFTER:
        mail.state = Mail.State.FAILED
    else:
        mail.next_try_at = now + min(FIRST_WAIT * 2 ** (mail.tries - 1), MAX_WAIT)
    mail.changed_at = now
    mail.save()


def _is_final(problem: Exception) -> bool:
    """Return whether the refusal is permanent (5xx), so that retrying does not help."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return isinstance(problem, SMTPResponseException) and problem.smtp_code >= 500


def _kind(problem: Exception) -> str:
    """Return the class and code of an error, for the log: the server's words may repeat an address."""
    return f"{type(problem).__name__} {getattr(problem, 'smtp_code', '')}".rstrip()


def _in_words(problem: Exception) -> str:
    """Return the server's reply, shortened; never the content of the mail."""
    if isinstance(problem, SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
        return f"{code} {words.decode(errors='replace')}"[:300]
    if isinstance(problem, SMTPResponseException):
        reply = problem.smtp_error
        text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        return f"{problem.smtp_code} {text}"[:300]
    return f"{type(problem).__name__}: {problem}"[:300]
