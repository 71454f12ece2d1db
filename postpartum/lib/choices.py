"""Choices to tap, each written at once: Django's own read four templates for every single one of a page's sixty."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html


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
