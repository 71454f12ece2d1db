"""Admin of emergency numbers and support lines."""

from typing import Any

from django.contrib import admin

from programs.models import Country, SupportLine
from programs.plan import Where

from .versioned import VersionedAdmin


class SupportLineInline(admin.TabularInline):
    """The support lines of one country."""

    model = SupportLine
    extra = 0


@admin.register(Country)
class CountryAdmin(VersionedAdmin):
    """Emergency numbers of one country, and when they were last checked."""

    list_display = ["name", "code", "emergency", "checked_on"]
    inlines = [SupportLineInline]

    def where(self, row: Any) -> Where:
        """Identify a country by its code."""
        return ("help", row.code)
