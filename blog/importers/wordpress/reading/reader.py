"""Reading an export file as a stream: one record after the other, never the whole, never an entity."""

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .decoding import text_pieces
from .records import Record, TermOfItem
from .vocabulary import ALT_META, OWN_META, THUMBNAIL_META

MAX_DEPTH = 100
MAX_TEXT = 4_000_000  # characters of one field: several novels
# Custom fields that are read; plugins leave hundreds more, which mean nothing here.
META_READ = {
    OWN_META,
    THUMBNAIL_META,
    ALT_META,
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
}
# Where each kind of record may stand.
PLACES = {
    "item": "channel",
    "wp:author": "channel",
    "wp:category": "channel",
    "wp:tag": "channel",
    "wp:term": "channel",
    "wp:comment": "item",
    "wp:postmeta": "item",
    "wp:commentmeta": "wp:comment",
}
META = ("wp:postmeta", "wp:commentmeta")
_PREFIXES = (
    (re.compile(r"http://wordpress\.org/export/[\d.]+/excerpt/$"), "excerpt"),
    (re.compile(r"http://wordpress\.org/export/[\d.]+/$"), "wp"),
    (re.compile(r"http://purl\.org/rss/1\.0/modules/content/$"), "content"),
    (re.compile(r"http://purl\.org/dc/elements/1\.1/$"), "dc"),
)


class FileRefusedError(Exception):
    """The file cannot be read at all: `code` is not_wordpress, entities or broken; `detail` says where."""

    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Reader:
    """The records of a binary file, one at a time; `channel` has the texts about the whole blog, once read."""

    def __init__(self, file):
        self._file = file
        self._target = _Target()

    @property
    def channel(self):
        """What the file says of the whole blog."""
        return self._target.channel.fields

    def __iter__(self):
        """Each record as soon as it is whole: a comment before the item it stands in. Raises FileRefusedError."""
        parser = DefusedXMLParser(target=self._target, forbid_dtd=True)
        try:
            for piece in text_pieces(self._file):
                parser.feed(piece)
                yield from self._target.take()
            parser.close()
        except DefusedXmlException as error:
            raise FileRefusedError("entities") from error
        except ParseError as error:
            code = "broken" if self._target.seen_root else "not_wordpress"
            raise FileRefusedError(code, str(error.position[0])) from error
        yield from self._target.take()
        if "wp:wxr_version" not in self.channel and not self._target.seen_wordpress:
            raise FileRefusedError("not_wordpress")


class _Target:
    """Builds records from what the parser sees; keeps only those that are open."""

    def __init__(self):
        self.channel = Record("channel", 0)
        self.seen_root = self.seen_wordpress = False
        self._names = {}
        self._open = []  # (record, depth at which it stands)
        self._field, self._text, self._length = None, [], 0
        self._depth = self._count = 0
        self._whole = []

    def take(self):
        """The records that are whole by now, each given once."""
        whole, self._whole = self._whole, []
        return whole

    def start(self, name, attributes):
        """An element begins: a record, a field of the innermost record, or something inside a field."""
        tag = self._tag(name)
        self._depth += 1
        if self._depth > MAX_DEPTH or (self._depth == 1 and tag != "rss"):
            raise FileRefusedError("not_wordpress")
        self.seen_root = True
        if tag == "channel" and self._depth == 2:
            self._open.append((self.channel, 2))
        elif self._open and self._depth == self._open[-1][1] + 1:
            if PLACES.get(tag) == self._open[-1][0].tag:
                self._begin(tag)
            else:
                self._field, self._text, self._length = (tag, attributes), [], 0

    def data(self, text):
        """Text: kept while it belongs to a field."""
        if self._field is not None:
            self._length += len(text)
            if self._length <= MAX_TEXT:
                self._text.append(text)

    def end(self, name):
        """An element ends."""
        if self._open and self._depth == self._open[-1][1]:
            self._finish(self._open.pop()[0])
        elif self._field is not None and self._depth == self._open[-1][1] + 1:
            self._keep_field(self._open[-1][0])
        self._depth -= 1

    def close(self):
        """The parser wants it."""

    def _tag(self, name):
        if name not in self._names:
            uri, _, local = name.removeprefix("{").rpartition("}")
            prefix = next((prefix for pattern, prefix in _PREFIXES if pattern.match(uri)), "")
            self._names[name] = f"{prefix}:{local}" if prefix else local
        return self._names[name]

    def _begin(self, tag):
        self.seen_wordpress |= tag.startswith("wp:")
        number = 0
        if tag not in META:
            self._count += 1
            number = self._count
        record = Record(tag, number)
        if tag == "wp:comment":
            record.item_number = self._open[-1][0].number
        self._open.append((record, self._depth))

    def _keep_field(self, record):
        (tag, attributes), self._field = self._field, None
        record.is_too_long |= self._length > MAX_TEXT
        text = "".join(self._text)
        if tag == "category" and record.tag == "item":
            slug = attributes.get("nicename", "")
            record.terms.append(TermOfItem(attributes.get("domain", "category"), slug, text))
        elif tag not in record.fields:
            record.fields[tag] = text

    def _finish(self, record):
        if record.tag in META:
            key = record.fields["wp:meta_key"]
            if key in META_READ:
                self._open[-1][0].meta[key] = record.fields["wp:meta_value"]
        elif record.tag != "channel":
            self._whole.append(record)
