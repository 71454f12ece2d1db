"""The version history of the program's content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import SavedVersion

from .content import Program


class ContentVersion(SavedVersion):
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

    class Meta(SavedVersion.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [models.Index(fields=["kind", "name", "-saved_at"], name="programs_version_of_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.saved_at:%Y-%m-%d %H:%M}"
