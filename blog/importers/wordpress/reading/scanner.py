"""Scans the tags and fields of an export file, even if its XML is malformed.

XML parsers refuse a file for one bare ampersand, and those that recover close whichever element is open, so that one
missing end tag nests the rest of the blog in one post. This scanner knows what an export is made of instead: a few
containers, and fields that hold text and nothing else. It never resolves entities, and refuses what declares any.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .values import CDATA, CDATA_END, attributes_of, decode_references, field_text

CONTAINERS = {
    *("rss", "channel", "item", "wp:author", "wp:category", "wp:tag", "wp:term", "wp:comment"),
    *("wp:postmeta", "wp:commentmeta", "wp:termmeta"),
}
MAX_TEXT = 4_000_000  # characters of one field
MAX_TAG = 20_000  # characters
MAX_PREAMBLE = 1_000_000  # characters before the file begins
MAX_STRAY = 2_000  # characters of unexpected text that are reported
_OVERLAP = 200  # characters to search again, for a match split between pieces
_AHEAD = 2_000  # characters after a field, within which the next one begins its CDATA
_CDATA_MARK = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"""<(/?)([A-Za-z_][\w.:-]*)((?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?/?)>""")
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)(\s[^<>]*)>")  # unbalanced quotation marks
_MARKUP = re.compile(r"<\?.*?\?>|<[^<>]*>", re.DOTALL)
_START = re.compile(r"<!--|<rss[\s>]|<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_SKIPPED = {"<!--": "-->", "<?": "?>", CDATA: CDATA_END}
# Tags of PHP notices in the file; they are not fields.
_OF_NOTICES = {
    "br",
    "b",
    "i",
    "p",
    "pre",
    "strong",
    "em",
    "font",
    "div",
    "span",
    "hr",
    "table",
    "tr",
    "th",
    "td",
}
# Where an unclosed field ends at the latest.
_BOUNDARY = r"/?(?:item|channel|rss|wp:\w+|content:encoded|excerpt:encoded|dc:creator)(?=[\s/>])"
_NAMESPACES = (
    (re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)/export/[\d.]+/excerpt/?"), "excerpt"),
    (re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)/export/[\d.]+/?"), "wp"),
    (re.compile(r"https?://(?:www\.)?purl\.org/rss/1\.0/modules/content/?"), "content"),
    (re.compile(r"https?://(?:www\.)?purl\.org/dc/elements/1\.1/?"), "dc"),
)


class EntitiesError(Exception):
    """The file declares entities."""


class Tag(NamedTuple):
    """The start or end of a container."""

    name: str
    is_end: bool


class Field(NamedTuple):
    """A field with its text; empty if `is_too_long`; not `is_whole` if the file ends within it."""

    name: str
    attributes: str
    text: str
    is_too_long: bool = False
    is_whole: bool = True


class Scanner:
    """Iterates over the Tags and Fields of the text in `pieces`, in bounded memory. Raises EntitiesError.

    Their names have the prefixes that WordPress uses, whichever the file declares or forgets to declare. Afterwards
    `has_end` tells whether the file had its last tag, and `strays` which words stood where no text belongs: before
    the file, between the fields, after the file.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces, self._text, self._at = iter(pieces), "", 0
        self._prefixes: dict[str, str] = {}
        self.has_end = False
        self.strays = {"before": "", "between": "", "after": ""}

    def __iter__(self) -> Iterator[Tag | Field]:
        place = "before"
        while self._find_start(place):  # some files are concatenated exports
            self.has_end, place = False, "after"
            while not self.has_end and (tag := self._next_tag()):
                yield from self._read(*tag.groups())

    def _read(self, slash: str, written: str, attributes: str) -> Iterator[Tag | Field]:
        """Yield what a tag starts or ends: a container, or a whole field."""
        if "xmlns:" in attributes:
            self._declare(attributes)
        name = self._name(written)
        if slash or name in CONTAINERS:
            self.has_end = bool(slash) and name == "rss"
            yield Tag(name, bool(slash))
            if attributes.endswith("/"):
                yield Tag(name, True)
        elif attributes.endswith("/"):
            yield Field(name, attributes, "")
        elif name.lower() not in _OF_NOTICES:
            yield self._field(name, written, attributes)

    def _declare(self, attributes: str) -> None:
        for attribute, value in attributes_of(attributes).items():
            for pattern, prefix in _NAMESPACES:
                if attribute.startswith("xmlns:") and pattern.fullmatch(value.strip()):
                    self._prefixes[attribute.removeprefix("xmlns:")] = prefix
                    break

    def _name(self, written: str) -> str:
        prefix, colon, local = written.partition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}" if colon else written

    def _find_start(self, place: str) -> bool:
        """Advance to the next <rss> and return whether there is one. Text before it is a stray."""
        skipped = 0
        while True:
            found = _START.search(self._text, self._at)
            end = found.start() if found else max(self._at, len(self._text) - _OVERLAP)
            skipped += end - self._at
            self._pass_over(place, end)
            if found and found[0].lower().startswith("<rss"):
                return True
            if found:
                self._skip_declaration(found[0])
            elif (place == "before" and skipped > MAX_PREAMBLE) or not self._more():
                self._pass_over(place, len(self._text))
                return False

    def _skip_declaration(self, opening: str) -> None:
        """Skip a comment or document type. Raises EntitiesError if it declares entities."""
        if opening == "<!--":
            self._skip_to("-->")
            return
        while ">" not in self._text[self._at : self._at + MAX_TAG] and self._more():
            pass
        declared, end, _ = self._text[self._at : self._at + MAX_TAG].partition(">")
        if not end or "[" in declared or opening.upper() == "<!ENTITY":
            raise EntitiesError
        self._at += len(declared) + 1

    def _next_tag(self) -> re.Match[str] | None:
        """Consume the next tag and return its match; None at the end of the file."""
        while True:
            start = self._text.find("<", self._at)
            self._pass_over("between", start if start >= 0 else len(self._text))
            if start < 0 and not self._more():
                return None
            if start < 0:
                continue
            while len(self._text) - self._at < MAX_TAG and self._more():
                pass
            if found := _TAG.match(self._text, self._at) or _LOOSE_TAG.match(self._text, self._at):
                self._at = found.end()
                return found
            self._skip_other()

    def _skip_other(self) -> None:
        """Skip a comment, an instruction, or a bare <."""
        for opening, closing in _SKIPPED.items():
            if self._text.startswith(opening, self._at):
                self._at += len(opening)
                self._skip_to(closing, "between" if opening == CDATA else None)
                return
        if self._text[self._at : self._at + 9].upper().startswith(("<!DOCTYPE", "<!ENTITY")):
            raise EntitiesError
        is_last = self._text.find(">", self._at) < 0 and not self._more()
        self._at = (
            len(self._text) if is_last else self._at + 1
        )  # an incomplete tag at the end of the file is not text

    def _skip_to(self, closing: str, place: str | None = None) -> None:
        """Skip past the next `closing`, or to the end of the file; with a `place` the text is a stray."""
        while (end := self._text.find(closing, self._at)) < 0:
            self._pass_over(place, max(self._at, len(self._text) - len(closing) + 1))
            if not self._more():
                self._pass_over(place, len(self._text))
                return
        self._pass_over(place, end)
        self._at = end + len(closing)

    def _field(self, name: str, written: str, attributes: str) -> Field:
        """Read the field that has just started, up to its end tag or the start of the next element."""
        ends, is_open, is_too_long, searched = _ends_of(written), False, False, self._at
        while True:
            scanned = self._text
            for end in ends.finditer(scanned, searched):
                is_open = _is_in_cdata(scanned, searched - len(CDATA), end.start(), is_open)
                searched, is_own = end.end(), end[0].startswith(f"</{written}")
                if not is_open or (is_own and self._was_left_open(end)):
                    text = "" if is_too_long else field_text(scanned[self._at : end.start()])
                    self._at = searched if is_own else end.start()
                    return Field(name, attributes, text, is_too_long)
            is_open = _is_in_cdata(scanned, searched - len(CDATA), len(scanned), is_open)
            searched = max(searched, len(scanned) - _OVERLAP)
            if searched - self._at > MAX_TEXT:
                is_too_long, self._at = True, searched - _OVERLAP
            if len(self._text) > len(scanned):  # looking ahead has read more
                continue
            searched -= self._at
            if not self._more():
                text = "" if is_too_long else field_text(self._text[self._at :])
                self._at = len(self._text)
                return Field(name, attributes, text, is_too_long, is_whole=False)

    def _was_left_open(self, end: re.Match[str]) -> bool:
        """Return whether the CDATA around this end tag lacks its end, as the next field begins CDATA before any ends.

        An export that is quoted in a post looks the same, but its own ]]> is split: ]]]]><![CDATA[>.
        """
        while len(self._text) - end.end() < _AHEAD and (piece := next(self._pieces, None)) is not None:
            self._text += piece
        ahead = self._text[end.end() : end.end() + _AHEAD]
        is_quoted = self._text[max(0, end.start() - _OVERLAP) : end.start()].rstrip().endswith(f"{CDATA}>")
        if is_quoted or not ahead.lstrip().startswith("<"):
            return False
        mark = _CDATA_MARK.search(ahead)
        return mark[0] == CDATA if mark else len(ahead) < _AHEAD

    def _more(self) -> bool:
        """Read another piece, dropping consumed text; return whether there was one."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text, self._at = self._text[self._at :] + piece, 0
        return True

    def _pass_over(self, place: str | None, end: int) -> None:
        """Advance to `end`; with a `place` the skipped text is recorded as a stray."""
        text, self._at = self._text[self._at : end], end
        if place and text and not text.isspace() and len(self.strays[place]) < MAX_STRAY:
            words = decode_references(" ".join(_MARKUP.sub(" ", text).split()))
            self.strays[place] = f"{self.strays[place]} {words}".strip()[:MAX_STRAY]


@lru_cache(maxsize=256)
def _ends_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:/{re.escape(name)}\s*>|{_BOUNDARY})")


def _is_in_cdata(text: str, start: int, end: int, was_open: bool) -> bool:
    """Return whether `end` is inside CDATA, given whether `start` is."""
    start = max(start, 0)
    opened, closed = text.rfind(CDATA, start, end), text.rfind(CDATA_END, start, end)
    return was_open if opened == closed else opened > closed
