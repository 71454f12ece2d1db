"""Every page of the site that a person can open: the desk and what machines read aside."""

import re

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

NOT_FOR_PEOPLE = {
    "healthz", "metrics", "sitemap", "robots", "manifest", "service_worker", "favicon", "article_feed", "calendar", "kept_sessions",
}  # fmt: skip


def addresses(known):
    """The address of each page; `known` gives what stands in addresses, by name. Pages that need more are left out.

    What stands in the address of one page only is given as a dictionary under that page's name.
    """
    for name, route in _pages(get_resolver().url_patterns):
        if name not in NOT_FOR_PEOPLE and (address := _address_of(name, route, known)):
            yield address


def _pages(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(("admin/", "mail-events/", "dev/")):
            continue
        if isinstance(pattern, URLResolver):
            yield from _pages(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name, route


def _address_of(name, route, known):
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
    known = {"exercise": {"slug": "band-rib-breathing"}} | known
    known = known | known.get(name, {})
    if not set(wanted) <= known.keys() or "(?P" in route:
        return None
    try:
        return reverse(name, kwargs={key: known[key] for key in wanted})
    except NoReverseMatch:  # the same name for another kind of key
        return None
