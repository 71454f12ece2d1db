"""A member's requests for a copy or the erasure of their data, and how long unused accounts are stored."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files beside the uploads that no URL serves."""

    @property
    def base_location(self) -> str:
        """The folder in the current settings."""
        return str(settings.EXPORT_ROOT)

    @property
    def location(self) -> str:
        """The absolute path of the folder."""
        return str(Path(settings.EXPORT_ROOT).resolve())

    @property
    def directory_permissions_mode(self) -> int:
        """Nobody else on this machine may look into the folder."""
        return 0o700


def export_storage() -> Storage:
    """Return where copies are stored."""
    return storages["exports"]


class Export(models.Model):
    """A copy of everything about a member as one file, made in the background, deleted after a week."""

    KEPT = timedelta(days=7)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(storage=export_storage, blank=True)

    class Meta:
        verbose_name = _("copy of her data")
        verbose_name_plural = _("copies of her data")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at=None), name="postpartum_export_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def gone_at(self) -> datetime | None:
        """When the file and its link expire; None before it is ready."""
        return self.ready_at + self.KEPT if self.ready_at else None


class Erasure(models.Model):
    """Everything about a member is erased at `due_at`, unless the request is withdrawn before."""

    class Comments(models.TextChoices):
        NAMELESS = "nameless", _("Leave them, without my name")
        REMOVED = "removed", _("Remove them")

    GRACE = timedelta(days=7)

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure")
    comments = models.CharField(max_length=8, choices=Comments, default=Comments.REMOVED)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"erasure {self.pk}"


# The shortest and the longest term, in days.
INACTIVE, NOTICE, UNCONFIRMED = (180, 3650), (14, 90), (7, 90)


def _days(
    words: Any, default: int, bounds: tuple[int, int], help_text: Any
) -> models.PositiveSmallIntegerField:
    """Return a field of days within `bounds`, inclusive."""
    least, most = bounds
    validators = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(
        words, default=default, validators=validators, help_text=help_text
    )


class AccountTerms(models.Model):
    """How long unused accounts are stored, as set by the owner: one row, or none for the defaults."""

    inactive_days = _days(
        _("unused for"),
        730,
        INACTIVE,
        _("Days without a sign-in, from 180 to 3650; then a mail says on which day the account ends."),
    )
    notice_days = _days(
        _("time to come back"),
        30,
        NOTICE,
        _("Days from that mail to the end, from 14 to 90. Signing in once is enough to stay."),
    )
    unconfirmed_days = _days(
        _("address never confirmed"),
        30,
        UNCONFIRMED,
        _("Days until a sign-up that nobody ever confirmed is deleted, from 7 to 90."),
    )

    class Meta:
        verbose_name = _("how long unused accounts are kept")
        verbose_name_plural = _("how long unused accounts are kept")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="postpartum_terms_one_row"),
            models.CheckConstraint(
                condition=Q(
                    inactive_days__range=INACTIVE,
                    notice_days__range=NOTICE,
                    unconfirmed_days__range=UNCONFIRMED,
                ),
                name="postpartum_terms_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Self:
        """Return the terms in force (one query)."""
        return cls.objects.first() or cls()

    @property
    def inactive_months(self) -> int:
        """The period of inactivity in whole months."""
        return round(self.inactive_days * 12 / 365)
