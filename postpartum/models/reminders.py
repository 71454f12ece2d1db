"""When she would like to be reminded."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet):
    """Reminders."""

    def due(self, now):
        """Those to think of now, the one that has waited longest first."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")


class Reminder(models.Model):
    """Her days and her hour, in her own time zone; and whether we write, or only her calendar knows.

    `next_at` is when to think of her next, empty while we do not write; `is_second` tells that it is the second
    time for the same day. `calendar_key` stands in the address of her private calendar, empty while there is none.
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

    def __str__(self):
        return f"reminder {self.pk}"

    @property
    def zone(self):
        """Her time zone (needs `user`)."""
        return ZoneInfo(self.user.time_zone)
