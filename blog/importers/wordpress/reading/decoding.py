"""Decodes a binary file to a stream of text, by its bytes rather than its declaration."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

PIECE = 256 * 1024  # bytes read at a time
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BYTE_ORDER_MARKS = {  # UTF-32 first: its mark begins like that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Files that declare one of these contain Windows-1252; browsers decode them the same way.
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
# Forbidden by XML 1.0, but common in old databases.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An emoji as two UTF-16 surrogates, each written as if it were a character (CESU-8).
_CESU_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def text_pieces(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of a binary file in pieces. Undecodable bytes become U+FFFD."""
    piece = file.read(PIECE)
    decoder = codecs.getincrementaldecoder(encoding_of(piece))(_FALLBACK)
    while piece:
        yield without_control_characters(decoder.decode(piece))
        piece = file.read(PIECE)
    yield without_control_characters(decoder.decode(b"", final=True))


def without_control_characters(text: str) -> str:
    """Remove the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def encoding_of(head: bytes) -> str:
    """Return the encoding of a file that starts with these bytes.

    A byte order mark decides, then the bytes themselves, then the declaration: exports are often converted without
    updating it, or declare what the server preferred.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding
    if (wide := _wide_encoding(head)) is not None:
        return wide
    declared = _declared(head)
    return "utf-8" if declared is None or _is_utf8(head) else declared


def _wide_encoding(head: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: in ASCII markup every second byte is zero."""
    start = head[:200]
    if start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > len(start) // 3 else None


def _declared(head: bytes) -> str | None:
    """Return the declared encoding if it is a text encoding that could match these bytes, else None."""
    declared = _DECLARED.search(head[:4_000])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        b"".decode(name)  # raises for codecs that are not text encodings
    except LookupError:
        return None
    return None if name.startswith(("utf-16", "utf-32", "utf-8")) else _WINDOWS.get(name, name)


def _is_utf8(head: bytes) -> bool:
    """Return whether the bytes are UTF-8, allowing for an incomplete last character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _explain(error: UnicodeError) -> tuple[str, int]:
    """Decode invalid bytes as Windows-1252, the usual intruder in UTF-8 files (codec error handler)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    if not error.encoding.lower().replace("_", "-").startswith("utf-8"):
        return "\ufffd", error.end
    if pair := _CESU_PAIR.match(error.object, error.start):
        units = pair[0].decode("utf-8", "surrogatepass")
        return units.encode("utf-16", "surrogatepass").decode("utf-16"), pair.end()
    return wrong.decode("cp1252", "replace"), error.end


_FALLBACK = "blog.importers.wordpress.explain"
codecs.register_error(_FALLBACK, _explain)
