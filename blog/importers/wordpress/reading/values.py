"""Decodes the text of fields and attributes from XML."""

import re
from html import unescape
from html.entities import html5

from .decoding import without_control_characters

CDATA, CDATA_END = "<![CDATA[", "]]>"
_REFERENCE = re.compile(r"&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SURROGATE = re.compile("[\ud800-\udfff]")


def field_text(raw: str) -> str:
    """Decode the content of a field.

    In CDATA every character is meant. Outside, references are decoded, HTML's named ones included; what is none
    stays as it is. Pretty-printing around CDATA is no part of the text.
    """
    if CDATA not in raw:
        return decode_references(raw).strip()
    before, *sections = raw.split(CDATA)
    text, is_open = [_between(before)], False
    for section in sections:
        if is_open:
            text.append(CDATA)  # inside a section it is plain text
        inside, end, after = section.rpartition(CDATA_END)
        is_open = not end
        text += [inside, _between(after)] if end else [after]
    return "".join(text)


def attributes_of(raw: str) -> dict[str, str]:
    """Return the attributes of a tag by name."""
    return {name: decode_references(one or other) for name, one, other in _ATTRIBUTE.findall(raw)}


def decode_references(text: str) -> str:
    """Replace character references by their characters; a bare ampersand stays."""
    if "&" not in text:
        return text
    text = _REFERENCE.sub(_character, text)
    if _SURROGATE.search(text):  # a surrogate pair of references is one character
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return without_control_characters(text)


def _between(text: str) -> str:
    """Decode text outside CDATA; white space alone is insignificant."""
    return decode_references(text) if text and not text.isspace() else ""


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if not name.startswith("#"):
        return html5.get(f"{name};", reference[0])
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if 0xD800 <= number <= 0xDFFF:
        return chr(number)
    return unescape(reference[0])
