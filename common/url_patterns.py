"""Addresses of a library whose views are to do more than it makes them do."""

from django.urls import URLPattern


def wrap_views(patterns, wrap):
    """Replace the view of each of these URL patterns, however deep, by `wrap(its name, view)`; the same patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = wrap(pattern.name, pattern.callback)
        else:
            wrap_views(pattern.url_patterns, wrap)
    return patterns
