"""The hidden field of a form, rendered without Django's three templates."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Hidden(forms.HiddenInput):
    """A hidden input that equals Django's."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        widget = context["widget"]
        own = {name: widget[name] for name in ("type", "name", "value")}
        return format_html("<input{}>", flatatt(own | widget["attrs"]))
