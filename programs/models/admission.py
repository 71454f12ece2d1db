"""Who may join the program: everybody, whoever was invited, or whoever has a code."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EnrollmentMode(models.TextChoices):
    """Whom the program is open to."""

    OPEN = "open", _("Everybody")
    INVITATION = "invitation", _("Whoever you invite by email")
    CODE = "code", _("Whoever has a code, or was invited")


class EnrollmentPolicy(models.Model):
    """Whom the program is open to: one row, or none where it is open to everybody."""

    mode = models.CharField(max_length=10, choices=EnrollmentMode, default=EnrollmentMode.OPEN)

    class Meta:
        verbose_name = _("who can join")
        verbose_name_plural = _("who can join")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="programs_enrollmentpolicy_one_row")]

    def __str__(self) -> str:
        return self.get_mode_display()

    @classmethod
    def current_mode(cls) -> EnrollmentMode:
        """Return the mode in force (one query)."""
        row = cls.objects.first()
        return EnrollmentMode(row.mode) if row else EnrollmentMode.OPEN


class EnrollCode(models.Model):
    """A code that admits up to `places` members, until the end of `ends_on` (UTC); `used` counts them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("for whom"), max_length=80, help_text=_("Such as “Tuesday class, spring.”"))
    places = models.PositiveSmallIntegerField(_("places"), default=12, validators=[MinValueValidator(1)])
    used = models.PositiveSmallIntegerField(default=0, editable=False)
    ends_on = models.DateField(_("last day"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("code for a class")
        verbose_name_plural = _("codes for classes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("places")), name="programs_enrollcode_places"),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def normal(cls, typed: str) -> str:
        """Return a code as it is stored, from what somebody typed."""
        return "".join(typed.split()).replace("-", "").upper()

    @classmethod
    def open_on(cls, day: Any) -> "models.QuerySet[Self]":
        """Select the codes that still admit somebody on this day."""
        return cls.objects.filter(ends_on__gte=day, used__lt=F("places"))
