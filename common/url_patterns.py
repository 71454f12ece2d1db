"""URL patterns of a library whose views need something around them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver


def wrap_views(
    patterns: Sequence[URLPattern | URLResolver],
    wrap: Callable[[str | None, Callable[..., Any]], Callable[..., Any]],
) -> Sequence[URLPattern | URLResolver]:
    """Replace the view of each pattern, however deep, by `wrap(name, view)`. Return the same patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = wrap(pattern.name, pattern.callback)
        else:
            wrap_views(pattern.url_patterns, wrap)
    return patterns
