"""Elements of a WordPress export file."""

import re
from collections.abc import Mapping

from django.conf import settings

from blog.importers.wordpress.reading.decoding import without_control_characters

_LINKING = re.compile(r"<(?:a|img) [^>]*>")
_RELATIVE = re.compile(r'((?:src|href)=")(/(?!/))')


def absolute(html: str) -> str:
    """Make URLs of this site absolute; inside tags only, never in text."""
    spelt_out = rf"\g<1>{settings.SITE_URL}\g<2>"
    return _LINKING.sub(lambda tag: _RELATIVE.sub(spelt_out, tag[0]), html)


def meta(tag: str, values: Mapping[str, object]) -> str:
    """Return custom fields, each in an element of its own."""
    return "".join(
        group(tag, ("wp:meta_key", key), ("wp:meta_value", value)) for key, value in values.items()
    )


def group(tag: str, *elements: tuple[str, object], more: str = "") -> str:
    """Return an element with (tag, value) pairs, then `more`, which must be XML."""
    inside = "".join(element(name, value) for name, value in elements)
    return f"<{tag}>\n{inside}{more}</{tag}>\n"


def element(tag: str, value: object) -> str:
    """Return an element with a text."""
    return f"<{tag}>{cdata(value)}</{tag}>\n"


def cdata(value: object) -> str:
    """Return a text as CDATA, without characters that XML excludes."""
    text = without_control_characters(str(value))
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""
