"""The access log of members' records, which each member may read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .journey import Participant


class RecordOpening(models.Model):
    """One access by staff to a member's record. `by_name` outlives that person's account."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="openings")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(_("who"), max_length=120)
    opened_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("look into her record")
        verbose_name_plural = _("looks into her record")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["participant", "-opened_at"], name="programs_opening_recent")]

    def __str__(self) -> str:
        return f"opening {self.pk}"
