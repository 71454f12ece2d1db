"""The addresses of the site that take a POST: read from the URL map, so that a new one is never forgotten."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

# Django's own admin: add and change forms, of which each sending is meant.
ADMIN = "admin/"
OF_THE_DESK = "desk_"


def posting_names() -> set[str]:
    """The names of all addresses that take a POST."""
    return {name for name, view in _views(get_resolver().url_patterns) if name and _takes_post(view)}


def _views(patterns, prefix="") -> Iterator:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        elif not route.startswith(ADMIN) or (pattern.name or "").startswith(OF_THE_DESK):
            yield pattern.name, pattern.callback


def _takes_post(view) -> bool:
    """By the methods its decorators let in, or by the class behind it."""
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    while view:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            return "POST" in view.__closure__[names.index("request_method_list")].cell_contents
        view = getattr(view, "__wrapped__", None)
    return False
