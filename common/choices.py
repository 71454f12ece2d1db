"""Widgets of many choices, rendered without a template for each one.

Django reads up to four templates for every single choice; a check-in has hundreds.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.forms.widgets import ChoiceWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = {True: mark_safe(" selected"), False: ""}


class QuickOptions(ChoiceWidget):
    """A widget whose `choice.tag`, the bare input of one choice, equals Django's without its templates."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        widget = context["widget"]
        if template_name != self.option_template_name or widget["wrap_label"]:
            return super()._render(template_name, context, renderer)  # type: ignore[misc]
        own = {name: widget[name] for name in ("type", "name", "value")}
        return format_html("<input{}>", flatatt(own | widget["attrs"]))


class Radios(QuickOptions, forms.RadioSelect):
    """One choice of several."""


class Checkboxes(QuickOptions, forms.CheckboxSelectMultiple):
    """Any number of several choices."""


def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """Return the `<option>` elements of `choices` (value, label) as HTML, the one equal to `chosen` selected."""
    rows = ((value, SELECTED[str(value) == str(chosen)], label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


class LongSelect(forms.Select):
    """One choice of some hundred, without groups."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the widget as HTML."""
        named = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        chosen = self.format_value(value)[0]
        return format_html("<select{}>{}</select>", named, options(self.choices, chosen))
