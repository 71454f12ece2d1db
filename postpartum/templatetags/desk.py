"""What the desk's templates of Django's admin ask for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()
_EMPTY = mark_safe(' data-empty=""')


@register.filter
def under_headers(cells: Sequence[str], headers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a row's cells, each with the words of its column for narrow screens, where no headers are seen."""
    return [_under(str(cell), header) for cell, header in zip(cells, headers, strict=False)]


def _under(cell: str, header: Mapping[str, Any]) -> str:
    if not cell.startswith('<td class="field-'):
        return mark_safe(cell)  # noqa: S308  # of Django's list, which has escaped it
    words = capfirst(str(header["text"]))
    if f">{words} " in cell:  # it says so itself, such as “Phase 1”
        return mark_safe(cell)  # noqa: S308
    label = format_html('<td data-label="{}"{}', words, _EMPTY if cell.endswith(">-</td>") else "")
    return mark_safe(label + cell.removeprefix("<td"))  # noqa: S308


@register.filter
def inline_data(formset: Any) -> str:
    """Return what Django's script for rows of another model reads, with the desk's words on its button."""
    data = json.loads(formset.inline_formset_data())
    data["options"]["addText"] = str(formset.opts.add_words)
    return json.dumps(data)
