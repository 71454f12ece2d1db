"""The mail queue and the delivery state of each mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField


class MailQuerySet(models.QuerySet["Mail"]):
    """Selections of mails."""

    def due(self, now: datetime) -> Self:
        """Select the mails to try now, the longest due first."""
        return self.filter(state=Mail.State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")

    def not_delivered(self) -> Self:
        """Select the mails the desk must see: failed or bounced, the newest first."""
        return self.filter(state__in=[Mail.State.FAILED, Mail.State.BOUNCED]).order_by("-changed_at")

    def to(self, addresses: Iterable[str]) -> Self:
        """Select mails to any of these addresses, ignoring case."""
        return self.filter(recipients__overlap=[address.lower() for address in addresses])


class Mail(models.Model):
    """One mail, written in the transaction of its cause and sent by the worker.

    `message_id` is made once, so that recipients can recognize a mail that had to be sent again.
    The content is encrypted, and emptied once sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        BOUNCED = "bounced", _("Came back")

    message_id = models.CharField(max_length=200, unique=True, editable=False)
    recipients = ArrayField(models.EmailField(), verbose_name=_("to"))
    sender = models.CharField(max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    headers = EncryptedField(default=dict)
    text = EncryptedField(default=str)
    html = EncryptedField(default=str)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    resolved_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="postpartum_mail_due"),
            models.Index(fields=["state", "-changed_at"], name="postpartum_mail_by_state"),
            models.Index(
                fields=["-changed_at"],
                condition=Q(state__in=["failed", "bounced"], resolved_at=None),
                name="postpartum_mail_lost",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
