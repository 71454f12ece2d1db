"""Every address is linked from a page or mail, or is known to those who ask for it."""

from django.urls import get_resolver

from tests.plugged_in.addresses import known_to_libraries, linked, ours
from tests.plugged_in.exceptions import ENTRIES, check


def test_every_address_of_ours_is_linked():
    lost = {
        name: f"{name} ({place}) is linked nowhere" for name, place in ours().items() if name not in linked()
    }
    check(lost, ENTRIES)


def test_every_address_of_the_accounts_is_linked():
    """What a library answers under /accounts/ is linked by a template of ours, or the library itself leads there."""
    names = [name for name in _named_below("accounts/", get_resolver()) if name not in ours()]
    known = linked() | known_to_libraries()
    check({name: f"{name} is linked nowhere" for name in names if name not in known}, {})


def _named_below(start, resolver, before=""):
    for one in resolver.url_patterns:
        address = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _named_below(start, one, address)
        elif one.name and address.startswith(start):
            yield one.name
