"""The elements of a WordPress export file, as text."""

import re
from collections.abc import Mapping

from django.conf import settings

from blog.importers.wordpress.reading.decoding import without_control_characters

_LINKING = re.compile(r"<(?:a|img) [^>]*>")
_RELATIVE = re.compile(r'((?:src|href)=")(/(?!/))')


def absolute(html: str) -> str:
    """The HTML with the addresses of this site spelt out; only inside tags, never in what is said."""
    spelt_out = rf"\g<1>{settings.SITE_URL}\g<2>"
    return _LINKING.sub(lambda tag: _RELATIVE.sub(spelt_out, tag[0]), html)


def meta(tag: str, values: Mapping[str, object]) -> str:
    """Custom fields, each as an element of its own."""
    return "".join(
        group(tag, ("wp:meta_key", key), ("wp:meta_value", value)) for key, value in values.items()
    )


def group(tag: str, *elements: tuple[str, object], more: str = "") -> str:
    """An element around (tag, value) pairs, then `more`, which is XML already."""
    inside = "".join(element(name, value) for name, value in elements)
    return f"<{tag}>\n{inside}{more}</{tag}>\n"


def element(tag: str, value: object) -> str:
    """One element with a text."""
    return f"<{tag}>{cdata(value)}</{tag}>\n"


def cdata(value: object) -> str:
    """A text as XML can hold it."""
    text = without_control_characters(str(value))
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""
