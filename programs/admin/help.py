"""Admin of emergency numbers and support lines: numbers that look like numbers, and when they were checked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.dates import latest_date
from common.desk_admin import DeskTabularInline
from programs.models import Country, SupportLine
from programs.plan import Where
from programs.plan.telephone import contact_problem, emergency_problem

from .versioned import VersionedAdmin

CHECK_EVERY = timedelta(days=183)  # screening data, crisisResources.note: at least twice a year


def check_state(checked_on: date | None, today: date) -> str:
    """Return when a number was checked, and whether it is time to call it again."""
    if checked_on is None:
        return _("Not checked yet: please call it")
    state = _("Checked on %(day)s") % {"day": date_format(checked_on)}
    return state if today - checked_on <= CHECK_EVERY else _("%(state)s: due again") % {"state": state}


def to_check(country: Country, today: date) -> list[str]:
    """Return the numbers of a country that nobody has checked, or not for half a year, as the desk names them."""
    numbers = [(country.emergency, country.checked_on)]
    if country.non_emergency:
        numbers.append((country.non_emergency, country.non_emergency_checked_on))
    numbers += [(f"{line.name}, {line.contact}", line.checked_on) for line in country.lines.all()]
    return [name for name, day in numbers if day is None or today - day > CHECK_EVERY]


def _no_day_to_come(day: date | None) -> date | None:
    if day and day > latest_date(timezone.now()):
        raise ValidationError(_("This day is in the future."))
    return day


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
        return _no_day_to_come(self.cleaned_data["checked_on"])

    def clean_non_emergency_checked_on(self) -> date | None:
        """Refuse a day to come."""
        return _no_day_to_come(self.cleaned_data["non_emergency_checked_on"])


class SupportLineForm(forms.ModelForm):
    """One support line."""

    def clean_contact(self) -> str:
        """Require a telephone number or a web address."""
        return _checked(self.cleaned_data["contact"], contact_problem)

    def clean_checked_on(self) -> date | None:
        """Refuse a day to come."""
        return _no_day_to_come(self.cleaned_data["checked_on"])


def _checked(text: str, problem_of: Callable[[str], str]) -> str:
    if problem := problem_of(text):
        raise ValidationError(problem)
    return text


class SupportLineInline(DeskTabularInline):
    """The support lines of one country."""

    add_words = gettext_lazy("Add a support line")
    model = SupportLine
    form = SupportLineForm
    extra = 0
    readonly_fields = ["checked"]

    @admin.display(description=gettext_lazy("checked"))
    def checked(self, line: SupportLine) -> str:
        """When its number was checked."""
        return check_state(line.checked_on, timezone.localdate())


@admin.register(Country)
class CountryAdmin(VersionedAdmin):
    """Emergency numbers of one country, and when each was last checked."""

    add_words = gettext_lazy("New country")
    form = CountryForm
    list_display = ["name", "code", "emergency", "checked"]
    readonly_fields = ["checked"]
    inlines = [SupportLineInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Country]:
        """Load the lines with the countries."""
        return super().get_queryset(request).prefetch_related("lines")

    @admin.display(description=gettext_lazy("numbers checked"), ordering="checked_on")
    def checked(self, country: Country) -> str:
        """How many of its numbers are to be checked."""
        count = len(to_check(country, timezone.localdate()))
        text = ngettext("%(n)d number to call and check", "%(n)d numbers to call and check", count)
        return text % {"n": count} if count else _("All checked")

    def where(self, row: Any) -> Where:
        """Identify a country by its code."""
        return ("help", row.code)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say after saving which numbers are unchecked, or due again."""
        super().save_related(request, form, formsets, change)
        country = Country.objects.prefetch_related("lines").get(pk=form.instance.pk)
        if names := to_check(country, timezone.localdate()):
            text = _(
                "Not checked in the last half year: %(numbers)s. Please call each, then enter the day beside it."
            )
            self.message_user(request, text % {"numbers": "; ".join(names)}, messages.WARNING)
