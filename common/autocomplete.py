"""Choosing one row of many in Django's admin, by typing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.forms import Media, ModelChoiceField
from django.http import HttpRequest


class KeysOnlySelect(AutocompleteSelect):
    """Shows what was chosen, without what is no key: the field says so, and Django's widget would fail on it."""

    @property
    def media(self) -> Media:
        """Return the scripts of Django's widget, and one that names what they put in the field's place."""
        return super().media + Media(js=["js/desk/select-names.js"])

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        """Return the chosen options by group."""
        return super().optgroups(name, list(filter(self._is_key, value)), attrs)

    def _is_key(self, value: str) -> bool:
        try:
            self.field.target_field.to_python(value)
        except ValidationError:
            return False
        return True


class AutocompleteMixin(admin.ModelAdmin):
    """Gives the fields of `autocomplete_fields` this widget."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Return the form field of a foreign key."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeysOnlySelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
