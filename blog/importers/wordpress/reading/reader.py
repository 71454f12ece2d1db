"""Reading an export file as a stream: one record after the other, never the whole, never an entity."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from ..reporting.reasons import Reason
from .decoding import text_pieces
from .records import Record, TermOfItem
from .scanner import EntitiesError, Field, Scanner, Tag
from .values import attributes_of
from .vocabulary import ALT_META, FOOTNOTES_META, OWN_META, THUMBNAIL_META

# Custom fields that are read; plugins leave hundreds more, which mean nothing here.
META_READ = {
    OWN_META,
    THUMBNAIL_META,
    ALT_META,
    FOOTNOTES_META,
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
}
# Where each kind of record stands.
PLACES = {
    "channel": "rss",
    "item": "channel",
    "wp:author": "channel",
    "wp:category": "channel",
    "wp:tag": "channel",
    "wp:term": "channel",
    "wp:comment": "item",
    "wp:postmeta": "item",
    "wp:commentmeta": "wp:comment",
    "wp:termmeta": "wp:term",
}
PROSE = ("title", "content:encoded", "excerpt:encoded", "wp:comment_content", "wp:meta_value")
META = ("wp:postmeta", "wp:commentmeta", "wp:termmeta")


class FileRefusedError(Exception):
    """The file cannot be read at all: `code` is not_wordpress or entities."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """The records of a binary file, one at a time.

    Once read, `channel` has the texts about the whole blog, and `blemishes` what was wrong with the file itself:
    (Reason, detail) pairs. A record the file ends within comes last, with `is_cut`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._open: list[Record] = []  # records, the outermost first
        self._whole: list[Record] = []
        self._count = 0
        self._seen_wordpress = False
        self.channel = Record("channel", 0).fields
        self.blemishes: list[tuple[Reason, str]] = []

    def __iter__(self) -> Iterator[Record]:
        """Each record as soon as it is whole: a comment before the item it stands in. Raises FileRefusedError."""
        scanner = Scanner(text_pieces(self._file))
        try:
            for found in scanner:
                self._take(found)
                yield from self._take_whole()
        except EntitiesError as error:
            raise FileRefusedError("entities") from error
        if "wp:wxr_version" not in self.channel and not self._seen_wordpress:
            raise FileRefusedError("not_wordpress")
        if not scanner.has_end:
            self._cut()
            yield from self._take_whole()
        self._tell(scanner)

    def _take_whole(self) -> list[Record]:
        whole, self._whole = self._whole, []
        return whole

    def _take(self, found: Tag | Field) -> None:
        if isinstance(found, Field):
            self._keep(found)
        elif found.is_end:
            self._end(found.name)
        else:
            self._begin(found.name)

    def _begin(self, tag: str) -> None:
        """A container begins; what still stands open where it has no place has missed its end."""
        place = PLACES.get(tag)
        if any(record.tag == place for record in self._open):
            while self._open[-1].tag != place:
                self._finish(self._open.pop())
        self._seen_wordpress |= tag.startswith("wp:")
        record = Record(tag, 0)
        if tag not in (*META, "rss", "channel"):
            self._count += 1
            record.number = self._count
        if tag == "channel":
            record.fields = self.channel  # a second export in the same file adds to the first
        elif tag == "wp:comment" and self._open:
            record.item_number = self._open[-1].number
        self._open.append(record)

    def _end(self, tag: str) -> None:
        if any(record.tag == tag for record in self._open):
            while (record := self._open.pop()).tag != tag:
                self._finish(record)
            self._finish(record)

    def _keep(self, field: Field) -> None:
        if not self._open:
            return
        record = self._open[-1]
        record.is_too_long |= field.is_too_long
        if field.name == "category" and record.tag == "item":
            given = attributes_of(field.attributes)
            term = TermOfItem(given.get("domain", "category"), given.get("nicename", ""), field.text)
            record.terms.append(term)
        elif field.name not in record.fields:
            is_prose = field.name in PROSE
            record.fields[field.name] = field.text if is_prose else field.text.strip()

    def _finish(self, record: Record) -> None:
        if record.tag in META:
            key = record.fields["wp:meta_key"]
            if key in META_READ and self._open:
                self._open[-1].meta[key] = record.fields["wp:meta_value"]
        elif record.number:
            self._whole.append(record)

    def _cut(self) -> None:
        """The file ends in the middle: what stands open is not whole."""
        self.blemishes.append((Reason.CUT_OFF, _("byte %(number)d") % {"number": self._file.tell()}))
        while self._open:
            record = self._open.pop()
            record.is_cut = True
            self._finish(record)

    def _tell(self, scanner: Scanner) -> None:
        for place, words in scanner.strays.items():
            if words:
                self.blemishes.append((Reason(f"stray_{place}"), words))
