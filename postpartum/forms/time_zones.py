"""A field for a time zone: a city to type, with the list of all that the browser narrows down."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.places import place_of, places, zone_of


class PlaceInput(forms.TextInput):
    """A text input with a list of places; browsers show those that match what was typed."""

    LIST = "places"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"list": self.LIST, "autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the input and its list as HTML."""
        listed = format_html_join("", '<option value="{}">', ((place,) for place in places()))
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, self.LIST, listed)


class TimeZoneField(forms.CharField):
    """A time zone by its place ("Berlin, Germany"), its city or its own name; the value is the IANA name."""

    widget = PlaceInput

    def prepare_value(self, value: Any) -> Any:
        """Return the place of a zone, and anything else as it was typed."""
        return place_of(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """Return the IANA name. Raise ValidationError for a place that is not known."""
        text = super().to_python(value) or ""
        zone = zone_of(text)
        if text and zone is None:
            raise ValidationError(
                _(
                    "We do not know this place. Please type the nearest large city and choose it from the list."
                )
            )
        return zone or ""
