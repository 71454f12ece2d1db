"""Streams an export file record by record, in bounded memory and without entities."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from ..reporting.reasons import Reason
from .decoding import text_pieces
from .records import Record, TermOfItem
from .scanner import EntitiesError, Field, Scanner, Tag
from .values import attributes_of
from .vocabulary import ALT_META, FOOTNOTES_META, OWN_META, THUMBNAIL_META

# The custom fields we read; plugins add hundreds of others.
META_READ = {
    OWN_META,
    THUMBNAIL_META,
    ALT_META,
    FOOTNOTES_META,
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
}
# The parent element of each kind of record.
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
    """The file cannot be read: `code` is a key of `messages.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Iterates over the records of a binary file.

    Once read, `channel` has the texts about the whole blog, and `blemishes` what was wrong with the file itself:
    (Reason, detail) pairs. A record the file ends within comes last, with `is_cut`.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._open: list[Record] = []  # stack of open records
        self._whole: list[Record] = []
        self._count = 0
        self._seen_wordpress = False
        self.channel = Record("channel", 0).fields
        self.blemishes: list[tuple[Reason, str]] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield each complete record, a comment before its item. Raises FileRefusedError."""
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
        """Open a container; close unclosed ones that cannot contain it."""
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
            record.fields = self.channel  # concatenated exports share one channel
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
        """Finish the open records of a truncated file, marked as cut."""
        self.blemishes.append((Reason.CUT_OFF, _("byte %(number)d") % {"number": self._file.tell()}))
        while self._open:
            record = self._open.pop()
            record.is_cut = True
            self._finish(record)

    def _tell(self, scanner: Scanner) -> None:
        for place, words in scanner.strays.items():
            if words:
                self.blemishes.append((Reason(f"stray_{place}"), words))
