"""The practice as the therapist describes it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from common.accent import HEX
from common.history import SavedVersion
from programs.models import Country


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Selections of saved versions."""

    def in_force(self) -> Self:
        """Select the version in force with its pictures and country; empty before anything was saved."""
        return self.select_related("photo", "logo", "front_picture", "country").order_by("-saved_at", "-pk")[
            :1
        ]


class Practice(SavedVersion):
    """One saved version of the practice's details; the newest is in force, and what is empty is as settings.PRACTICE has it.

    `steps` are the steps of the first-run guide that were saved or skipped.
    """

    name = models.CharField(_("name of the practice"), max_length=120, blank=True)
    therapist = models.CharField(_("therapist’s name"), max_length=120, blank=True)
    registration = models.CharField(_("registration"), max_length=200, blank=True)
    about = models.TextField(_("about the therapist"), blank=True)
    photo = models.ForeignKey(
        Picture, models.SET_NULL, verbose_name=_("photograph"), null=True, blank=True, related_name="+"
    )
    logo = models.ForeignKey(
        Picture, models.SET_NULL, verbose_name=_("logo"), null=True, blank=True, related_name="+"
    )
    front_picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        verbose_name=_("picture of the front page"),
        null=True,
        blank=True,
        related_name="+",
    )
    front_parts = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("parts of the front page"),
        default=list,
        db_default=[],
        blank=True,
    )
    accent = models.CharField(
        _("accent color"), max_length=7, blank=True, validators=[RegexValidator(f"^{HEX.pattern}$")]
    )
    email = models.EmailField(_("email address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    postal_address = models.TextField(_("address"), max_length=300, blank=True)
    country = models.ForeignKey(
        Country, models.SET_NULL, verbose_name=_("country"), null=True, blank=True, related_name="+"
    )
    booking_url = models.URLField(_("booking link"), blank=True)
    price = models.CharField(_("what the program costs"), max_length=120, blank=True)
    price_url = models.URLField(_("link about the price"), blank=True)
    answers = models.CharField(_("who answers comments, and how soon"), max_length=120, blank=True)
    consent = models.TextField(_("what a mother agrees to"), max_length=2000, blank=True)
    steps = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta(SavedVersion.Meta):
        verbose_name = _("the practice")
        verbose_name_plural = _("the practice")

    def __str__(self) -> str:
        return self.name
