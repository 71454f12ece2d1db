"""Admin of emergency numbers and support lines: numbers that look like numbers, and when they were checked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Country, SupportLine
from programs.plan import Where
from programs.plan.telephone import contact_problem, emergency_problem

from .versioned import VersionedAdmin

CHECK_EVERY = timedelta(days=183)  # screening data, crisisResources.note: at least twice a year


def check_state(checked_on: date | None, today: date) -> str:
    """Return when the numbers were checked, and whether it is time to call them again."""
    if checked_on is None:
        return _("Not checked yet: please call each number")
    state = _("Checked on %(day)s") % {"day": date_format(checked_on)}
    return state if today - checked_on <= CHECK_EVERY else _("%(state)s: due again") % {"state": state}


class CountryForm(forms.ModelForm):
    """The numbers of one country."""

    def clean_emergency(self) -> str:
        """Require a short telephone number."""
        return _checked(self.cleaned_data["emergency"], emergency_problem)

    def clean_non_emergency(self) -> str:
        """Require a telephone number, if anything."""
        text = self.cleaned_data["non_emergency"]
        return _checked(text, contact_problem) if text else text

    def clean_checked_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is in the future."))
        return day


class SupportLineForm(forms.ModelForm):
    """One support line."""

    def clean_contact(self) -> str:
        """Require a telephone number or a web address."""
        return _checked(self.cleaned_data["contact"], contact_problem)


def _checked(text: str, problem_of: Callable[[str], str]) -> str:
    if problem := problem_of(text):
        raise ValidationError(problem)
    return text


class SupportLineInline(admin.TabularInline):
    """The support lines of one country."""

    model = SupportLine
    form = SupportLineForm
    extra = 0


@admin.register(Country)
class CountryAdmin(VersionedAdmin):
    """Emergency numbers of one country, and when they were last checked."""

    form = CountryForm
    list_display = ["name", "code", "emergency", "checked"]
    inlines = [SupportLineInline]

    @admin.display(description=gettext_lazy("numbers checked"), ordering="checked_on")
    def checked(self, country: Country) -> str:
        """When the numbers were checked."""
        return check_state(country.checked_on, timezone.localdate())

    def where(self, row: Any) -> Where:
        """Identify a country by its code."""
        return ("help", row.code)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say after saving that the numbers are unchecked, or due again."""
        super().save_related(request, form, formsets, change)
        day = form.instance.checked_on
        if day is None or timezone.localdate() - day > CHECK_EVERY:
            self.message_user(request, check_state(day, timezone.localdate()), messages.WARNING)
