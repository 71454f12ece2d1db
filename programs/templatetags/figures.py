"""The drawings of exercises, in templates."""

from typing import Any

from django import template

from programs.pages.figures import TO_EVERYONE, addresses_of

register = template.Library()


@register.simple_tag(takes_context=True)
def figure_of(context: Any, exercise: Any) -> Any:
    """The addresses of an exercise's drawings, as the page's `figures` (pages.figures.Shown) asks for them."""
    return addresses_of(exercise, context.get("figures", TO_EVERYONE))
