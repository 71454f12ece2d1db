"""Addresses of pages, looked for once for the same arguments."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

MOST = 4096

Argument = str | int | UUID


def address_of(name: str, *args: Argument) -> str:
    """Return what `reverse` does. Raise NoReverseMatch."""
    if get_script_prefix() != "/":  # addresses begin with it, and a visitor may have made it up
        return reverse(name, args=args)
    return kept_address(name, *args)


@lru_cache(MOST, typed=True)
def kept_address(name: str, *args: Argument) -> str:
    """Return the same; only where the prefix of addresses is known to be the usual one."""
    return reverse(name, args=args)
