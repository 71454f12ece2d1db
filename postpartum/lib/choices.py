"""Choices to tap, each written at once: Django's own read four templates for every single one of a page's sixty."""

from django import forms
from django.utils.html import escape
from django.utils.safestring import mark_safe


class QuickOptions:
    """A widget of choices whose `choice.tag`, the bare input of one, is the same as Django's without its templates."""

    def _render(self, template_name, context, renderer=None):
        widget = context["widget"]
        if template_name != self.option_template_name or widget["wrap_label"]:
            return super()._render(template_name, context, renderer)
        attributes = {
            "type": widget["type"],
            "name": widget["name"],
            "value": widget["value"],
            **widget["attrs"],
        }
        return mark_safe(f"<input{''.join(map(_attribute, attributes.items()))}>")  # noqa: S308 - escaped below


class Radios(QuickOptions, forms.RadioSelect):
    """One choice of several."""


class Checkboxes(QuickOptions, forms.CheckboxSelectMultiple):
    """Any number of several."""


def _attribute(item):
    name, value = item
    if value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
