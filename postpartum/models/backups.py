"""When backups were made."""

from django.db import models


class BackupRun(models.Model):
    """A backup that was completed; noted after it, so a backup does not hold its own row."""

    made_at = models.DateTimeField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
