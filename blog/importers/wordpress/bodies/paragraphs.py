"""Does what WordPress does on display (wpautop): blank lines become paragraphs, block comments are removed."""

import json
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Any

from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .picture_sources import is_picture, names_file

# No paragraphs are created inside these.
CLOSED = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "figure", "form"),
    *("address", "script", "style", "video", "audio", "iframe", "object", "svg", "noscript", "textarea"),
}
CONTAINERS = {
    *("div", "section", "article", "main", "header", "footer", "aside", "blockquote", "center", "details"),
    *("fieldset", "nav", "summary"),
}
_BREAK = re.compile(r"(?:<br\s*/?>)?[ \t]*\n")
# White space around these is insignificant; elsewhere a newline is a line break.
_BLOCK_TAG = re.compile(
    r"(</?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|pre|figure|figcaption|form|address"
    r"|div|section|article|blockquote|hr|br)\b[^<>]*>)"
)
VERBATIM = {"pre", "script", "style", "textarea", "svg"}
_KEPT_LINE = "\0"  # a newline in verbatim text
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
FREEFORM = "wp:freeform"
_OWN_COMMENT = re.compile(r"\s*(/?wp:|more|nextpage)")
MAX_NESTED = 5
MAX_FROM_BLOCKS = (
    2_000_000  # characters that reusable blocks bring into one article: they may show each other
)
COVERS = ("wp:cover", "wp:cover-image")
Block = Callable[[int | None], str]


def paragraphs(html: str, block: Block, notes: Notes, within: tuple[int, ...] = ()) -> str:
    """Return the HTML with paragraphs for blank lines; `block(number)` returns the HTML of a reusable block.

    `within` are the numbers of the reusable blocks that this HTML stands in; none of them is shown once more.
    """
    parser = _Paragraphs(block, notes, within)
    parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    parser.flush()
    return "".join(parser.out).replace(_KEPT_LINE, "\n")


class _Paragraphs(HTMLParser):
    def __init__(self, block: Block, notes: Notes, within: tuple[int, ...]) -> None:
        super().__init__()
        self.block, self.notes, self.within = block, notes, within
        self.out: list[str] = []
        self.line: list[str] = []
        self.closed, self.depth, self.start = "", 0, 0
        self.verbatim = self.in_block = 0
        self.covers: list[
            tuple[str, int]
        ] = []  # for each open cover, its picture and where it begins in `out`

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = " ".join((self.get_starttag_text() or "").split())
        self.verbatim += tag in VERBATIM
        if self.closed == "p" and (tag in CLOSED or tag in CONTAINERS):
            self._end_closed()
        if self.closed:
            self.depth += tag == self.closed
            self.out.append(raw)
        elif tag in CONTAINERS or tag in CLOSED or tag == "hr":
            self.flush()
            self.start = len(self.out)
            self.out.append(raw)
            self.closed, self.depth = (tag, 1) if tag in CLOSED else ("", 0)
        else:
            self.line.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CLOSED or tag in CONTAINERS:  # browsers also treat <p/> as a start tag
            self.handle_starttag(tag, attrs)
        else:
            self._add(" ".join((self.get_starttag_text() or "").split()))

    def handle_endtag(self, tag: str) -> None:
        self.verbatim -= tag in VERBATIM and self.verbatim > 0
        if self.closed:
            self.depth -= tag == self.closed
            if self.depth:
                self.out.append(f"</{tag}>")
            else:
                self._end_closed()
        elif tag in CONTAINERS:
            self.flush()
            self.out.append(f"</{tag}>")
        elif tag not in CLOSED:
            self.line.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = escape(data, quote=False)
        if self.closed:
            self.out.append(text.replace("\n", _KEPT_LINE) if self.verbatim else text)
            return
        first, *others = _EMPTY_LINE.split(text)
        self.line.append(first)
        for other in others:
            self.flush()
            self.line.append(other)

    def handle_comment(self, data: str) -> None:
        if not _OWN_COMMENT.match(data):
            return
        if not self.closed:
            self.flush()
        name = data.lstrip().partition(" ")[0]
        if name.startswith("wp:") and data.endswith("/"):
            self._block(data)
        elif name.startswith("wp:"):
            self.in_block += name != FREEFORM
            if name in COVERS:
                self.covers.append((str(block_of(data)[1].get("url") or ""), len(self.out)))
        elif name.startswith("/wp:"):
            self.in_block -= name != f"/{FREEFORM}" and self.in_block > 0
            if name.removeprefix("/") in COVERS and self.covers:
                self._end_cover(*self.covers.pop())

    def flush(self) -> None:
        """End the current paragraph, if any."""
        line, self.line = "".join(self.line).strip(), []
        if line:
            self.out.append(f"<p>{_BREAK.sub('<br>', line)}</p>\n")

    def _add(self, raw: str) -> None:
        (self.out if self.closed else self.line).append(raw)

    def _end_closed(self) -> None:
        """End an element without inner paragraphs; outside blocks its newlines become line breaks."""
        self.out.append(f"</{self.closed}>")
        html = "".join(self.out[self.start :])
        if not self.in_block and "\n" in html:
            html = with_line_breaks(html)
        self.out[self.start :] = [html]
        self.closed, self.depth = "", 0

    def _end_cover(self, address: str, start: int) -> None:
        """Show the picture of a cover that stands in its attributes only, a film as its address."""
        if self.closed or not address or names_file("".join(self.out[start:]), address):
            return
        shown = f'<img src="{escape(address)}" alt="">' if is_picture(address) else escape(address)
        self.out.insert(start, f"<figure>{shown}</figure>\n")

    def _block(self, comment: str) -> None:
        """Handle a block without content: a reusable block, footnotes, or a dynamic block."""
        name, settings = block_of(comment)
        number = settings.get("ref") if isinstance(settings.get("ref"), int) else None
        may_show = number is not None and number not in self.within and len(self.within) < MAX_NESTED
        found = self.block(number) if name == "block" and may_show else ""
        if found and self.notes.from_blocks + len(found) <= MAX_FROM_BLOCKS:
            self.notes.from_blocks += len(found)
            self.out.append(paragraphs(found, self.block, self.notes, (*self.within, number or 0)))
        elif not (name == "footnotes" and self.notes.footnotes):
            self.notes.add(Reason.BLOCK_DROPPED, comment.strip().rstrip("/").strip()[:1_000])


def with_line_breaks(html: str) -> str:
    """Return the HTML of one element with <br> for each newline of its text, as WordPress shows it."""
    parts = _BLOCK_TAG.split(html)
    parts[::2] = ["<br>".join(_lines(part)) if "\n" in part else part for part in parts[::2]]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """Return the lines of a text between two tags; consecutive empty lines become one."""
    lines = [line.strip(" \t") for line in text.strip("\n").split("\n")]
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def block_of(comment: str) -> tuple[str, dict[str, Any]]:
    """Return (name, attributes) of a block from its comment."""
    name, _, rest = comment.strip().removeprefix("wp:").rstrip("/").strip().partition(" ")
    try:
        settings = json.loads(rest) if rest.strip() else {}
    except ValueError:
        settings = {}
    return name[:60], settings if isinstance(settings, dict) else {}
