"""Open invitations, by mail."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """An invitation that nobody has accepted yet; accepting or withdrawing it deletes it.

    `role` is a role of the desk, "" for a mother. Of the token in the link only its SHA-256 is stored.
    """

    VALID_FOR = timedelta(days=14)

    email = models.EmailField(_("email address"), unique=True)
    role = models.CharField(_("as"), max_length=20, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When the link dies."""
        return self.sent_at + self.VALID_FOR

    @property
    def is_over(self) -> bool:
        """Whether the link is dead."""
        return self.ends_at <= timezone.now()
