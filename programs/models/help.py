"""Emergency numbers and support lines by country. The member chooses the country; it is never only guessed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Loaded


class Country(Loaded):
    """The emergency number of one country and the line for health advice that is not an emergency.

    Each number has the day when it was last checked, None if it never was: `checked_on` is the emergency number's.
    """

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    emergency = models.CharField(_("emergency number"), max_length=80)
    non_emergency = models.CharField(_("health advice line"), max_length=120, blank=True)
    checked_on = models.DateField(_("emergency number checked on"), null=True, blank=True)
    non_emergency_checked_on = models.DateField(_("health advice line checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SupportLine(Loaded):
    """A telephone or text line. Only a crisis line is shown in a crisis. The country's digest covers its lines.

    A line for who is not safe at home is shown behind one quiet link of /safety/ and nowhere else. Nobody is asked
    about it, and nothing about it is stored (screening data, crisisResources.safeAtHome).
    """

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("how to reach it"), max_length=120)
    is_crisis_line = models.BooleanField(_("is a crisis line"), default=False)
    is_safe_at_home = models.BooleanField(
        _("is for who is not safe at home"), default=False, db_default=False
    )
    is_verified = models.BooleanField(_("seen in a public source"), default=False)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("support line")
        verbose_name_plural = _("support lines")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["country", "name"], name="programs_supportline_name")]

    def __str__(self) -> str:
        return self.name
