"""A file as a stream of text, decoded by what its bytes are rather than by what it says of itself."""

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
# What a file that says one of these really holds; browsers read it so, too.
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
# What XML 1.0 forbids and old databases are full of.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An emoji as two UTF-16 surrogates, each written as if it were a character (CESU-8).
_CESU_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def text_pieces(file: IO[bytes]) -> Iterator[str]:
    """The text of a binary file in pieces. Bytes that no encoding explains become U+FFFD, nothing is lost around them."""
    piece = file.read(PIECE)
    decoder = codecs.getincrementaldecoder(encoding_of(piece))(_FALLBACK)
    while piece:
        yield without_control_characters(decoder.decode(piece))
        piece = file.read(PIECE)
    yield without_control_characters(decoder.decode(b"", final=True))


def without_control_characters(text: str) -> str:
    """The text without the characters no XML document may hold."""
    return _FORBIDDEN.sub("", text)


def encoding_of(head: bytes) -> str:
    """The encoding of a file that begins with these bytes.

    A byte order mark decides, then what the bytes look like; only then the declaration, for exports are often
    converted without changing it, or declared as what the server would have liked.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding
    if (wide := _wide_encoding(head)) is not None:
        return wide
    declared = _declared(head)
    return "utf-8" if declared is None or _is_utf8(head) else declared


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: markup is ASCII, so every second byte of its beginning is zero."""
    start = head[:200]
    if start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > len(start) // 3 else None


def _declared(head: bytes) -> str | None:
    """The declared encoding if it is one of texts, and could be that of these bytes; None otherwise."""
    declared = _DECLARED.search(head[:4_000])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        b"".decode(name)  # not every codec is one of text
    except LookupError:
        return None
    return None if name.startswith(("utf-16", "utf-32", "utf-8")) else _WINDOWS.get(name, name)


def _is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8; the last ones may be the beginning of a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _explain(error: UnicodeError) -> tuple[str, int]:
    """What a codec cannot read, read as Windows-1252: the usual stowaway in a file of UTF-8."""
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
