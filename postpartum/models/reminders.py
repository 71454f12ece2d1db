"""A member's reminders."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Selections of reminders."""

    def due(self, now: datetime) -> Self:
        """Select the reminders that are due, the longest first."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")


class Reminder(models.Model):
    """Days and time of day in the member's time zone; sent by mail, or only shown in the private calendar.

    `next_at` is when the next mail is due, empty while mails are off; `is_second` marks the second reminder of
    a day. `sent_at` is when the last one was sent. `calendar_key` is part of the private calendar's URL, empty while there is none.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder")
    days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]),
        default=list,
        help_text="0 is Monday",
    )
    at = models.TimeField(_("at"))
    by_mail = models.BooleanField(_("write to me"), default=False)
    once_more = models.BooleanField(_("once more if I have not"), default=False)
    next_at = models.DateTimeField(null=True, blank=True)
    is_second = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    calendar_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="postpartum_reminder_due"
            )
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The member's time zone (needs `user`)."""
        return ZoneInfo(self.user.time_zone)
