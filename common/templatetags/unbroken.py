"""Words that stay on one line."""

from django import template

register = template.Library()


@register.filter
def unbroken(text: str) -> str:
    """Return `text` with non-breaking spaces, so that a narrow screen does not part a date or a time."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
