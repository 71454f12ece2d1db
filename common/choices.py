"""Choices, each written at once: Django's own read up to four templates for every single one of a page's hundreds."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

SELECTED = {True: mark_safe(" selected"), False: ""}


class QuickOptions:
    """A widget of choices whose `choice.tag`, the bare input of one, is the same as Django's without its templates."""

    def _render(self, template_name, context, renderer=None):
        widget = context["widget"]
        if template_name != self.option_template_name or widget["wrap_label"]:
            return super()._render(template_name, context, renderer)
        own = {name: widget[name] for name in ("type", "name", "value")}
        return format_html("<input{}>", flatatt(own | widget["attrs"]))


class Radios(QuickOptions, forms.RadioSelect):
    """One choice of several."""


class Checkboxes(QuickOptions, forms.CheckboxSelectMultiple):
    """Any number of several."""


def options(choices, chosen):
    """The options of a select as HTML, `chosen` of them selected; a form may have a thousand."""
    found = ((value, SELECTED[str(value) == str(chosen)], words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', found)


class LongSelect(forms.Select):
    """One choice of some hundred, without groups."""

    def render(self, name, value, attrs=None, renderer=None):
        """The widget as HTML."""
        named = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", named, options(self.choices, *self.format_value(value)))
