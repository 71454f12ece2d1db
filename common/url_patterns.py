"""URL patterns of a library whose views need something around them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver

Wrap = Callable[[str | None, Callable[..., Any]], Callable[..., Any]]


def wrap_views(
    patterns: Sequence[URLPattern | URLResolver], wrap: Wrap
) -> Sequence[URLPattern | URLResolver]:
    """Copies of the patterns, however deep, with the view of each replaced by `wrap(name, view)`.

    The library's own stay as they are: what includes them anew would be wrapped once more, and counted twice.
    """
    return [_wrapped(pattern, wrap) for pattern in patterns]


def _wrapped(pattern: URLPattern | URLResolver, wrap: Wrap) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        view = wrap(pattern.name, pattern.callback)
        return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)
    inside = wrap_views(pattern.url_patterns, wrap)
    return URLResolver(pattern.pattern, inside, pattern.default_kwargs, pattern.app_name, pattern.namespace)
