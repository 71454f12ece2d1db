"""Emergency numbers and support lines, the therapist's to keep true."""

from django.contrib import admin

from programs.models import Country, SupportLine

from .versioned import VersionedAdmin


class SupportLineInline(admin.TabularInline):
    """Whom to call in one country."""

    model = SupportLine
    extra = 0


@admin.register(Country)
class CountryAdmin(VersionedAdmin):
    """One country's numbers and when they were last checked."""

    list_display = ["name", "code", "emergency", "checked_on"]
    inlines = [SupportLineInline]

    def where(self, row):
        """Countries are named by their code."""
        return ("help", row.code)
