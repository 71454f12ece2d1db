"""The interface through which text conversion resolves references."""

from collections.abc import Callable
from typing import Protocol

Gallery = Callable[[dict[str, str]], str]


class Lookup(Protocol):
    """Resolves references of a text to their counterparts here; implemented by `rows.references.References`."""

    def picture(self, address: str, alt: str) -> str | None:
        """Return the URL here of an image, or None if it was not imported."""

    def link(self, address: str) -> str | None:
        """Return the URL here of a link, or None if its target was not imported or is on another site."""

    def gallery(self, attributes: dict[str, str]) -> str:
        """Return the HTML of the images that a gallery shortcode with these attributes shows."""
        ...

    def block(self, number: int | None) -> str:
        """Return the HTML of a reusable block, empty if it is unknown."""
        ...
