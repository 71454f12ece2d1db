"""Templates rendered once."""

from collections.abc import Callable
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import Given, rendered_once

register = template.Library()


@register.simple_tag
def include_once(name: str, **values: object) -> SafeString:
    """Include the template `name` with `values` only, rendered once in each process for equal ones (see Given)."""
    return _kept(name)(Given(values))


@cache
def _kept(name: str) -> Callable[[Given], SafeString]:
    def render(given: Given) -> SafeString:
        return render_to_string(name, dict(given.values))

    return rendered_once(render)
