"""The version history of the program's content."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .content import Program


class ContentVersion(models.Model):
    """One part of the program (an exercise, a session, a week, a phase, a country …) as it was saved.

    `kind` and `name` identify it as `programs.plan.Remark.where` does; `part` is its content as plain data, with the
    rows it owns. `program` is None for content that belongs to no single program.
    """

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, null=True, blank=True, related_name="versions"
    )
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=80, blank=True)
    part = models.JSONField()
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_by_name = models.CharField(_("by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-saved_at", "-pk"]
        indexes = [models.Index(fields=["kind", "name", "-saved_at"], name="programs_version_of_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.saved_at:%Y-%m-%d %H:%M}"
