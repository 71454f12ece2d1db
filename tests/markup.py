"""HTML as a test compares it: how a template breaks its lines is not a page's behavior."""

import re


def squeezed(html: str) -> str:
    """The HTML with one space where white space stands, and none next to a tag's edges."""
    return re.sub(r"\s*(</?\w[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", html))
