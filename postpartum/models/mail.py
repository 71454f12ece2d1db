"""The queue of mails, and what became of each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField


class MailQuerySet(models.QuerySet):
    """Mails."""

    def due(self, now):
        """Those to try now, the one that has waited longest first."""
        return self.filter(state=Mail.State.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")

    def not_delivered(self):
        """What the desk must see: given up, or sent back. The newest first."""
        return self.filter(state__in=[Mail.State.FAILED, Mail.State.BOUNCED]).order_by("-changed_at")

    def to(self, addresses):
        """Mails to any of these addresses, whatever their letters' case."""
        return self.filter(recipients__overlap=[address.lower() for address in addresses])


class Mail(models.Model):
    """One mail, written in the transaction of its cause and sent by the worker.

    `message_id` is made once, so a mail that had to be sent again can be known as the same by whoever gets it.
    What it says is sealed, and emptied once it is sent.
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

    def __str__(self):
        return f"mail {self.pk}"
