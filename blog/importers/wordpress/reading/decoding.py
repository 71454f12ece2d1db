"""A file as a stream of text that XML can hold: decoded, without control characters, a piece at a time."""

import codecs
import re

PIECE = 256 * 1024  # bytes read at a time
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What XML 1.0 forbids and old databases are full of.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text_pieces(file):
    """The text of a binary file in pieces. Bytes that are none of its encoding become U+FFFD, nothing is lost
    around them.
    """
    head = file.read(PIECE)
    decoder = codecs.getincrementaldecoder(_encoding(head))("replace")
    piece = head
    while piece:
        yield without_control_characters(decoder.decode(piece))
        piece = file.read(PIECE)
    yield without_control_characters(decoder.decode(b"", final=True))


def without_control_characters(text):
    """The text without the characters no XML document may hold."""
    return _FORBIDDEN.sub("", text)


def _encoding(head):
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.search(head[:400])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        b"".decode(name)  # not every codec is one of text
    except LookupError:
        return "utf-8"
    return name
