"""The links that the therapist put into header and footer, as this process shows them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """What a link says, and the URL it leads to."""

    words: str
    url: str


_menus: dict[str, tuple[Link, ...]] = {}


def menus() -> Mapping[str, Sequence[Link]]:
    """Return the links of each menu, `header` and `footer`, in order."""
    return _menus


def set_menus(links: Mapping[str, Sequence[Link]]) -> None:
    """Show these links from now on, in this process."""
    global _menus
    _menus = {menu: tuple(found) for menu, found in links.items()}
