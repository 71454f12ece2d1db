"""What WordPress does to texts when it shows them: empty lines become paragraphs, its own comments vanish."""

import json
import re
from html import escape
from html.parser import HTMLParser

from ..reporting.reasons import Reason

# Inside these nothing is made into paragraphs.
CLOSED = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "figure", "form"),
    *("address", "script", "style", "video", "audio", "iframe", "object", "svg", "noscript", "textarea"),
}
CONTAINERS = {
    *("div", "section", "article", "main", "header", "footer", "aside", "blockquote", "center", "details"),
    *("fieldset", "nav", "summary"),
}
_BREAK = re.compile(r"(?:<br\s*/?>)?[ \t]*\n")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_OWN_COMMENT = re.compile(r"\s*(/?wp:|more|nextpage)")
MAX_NESTED = 5


def paragraphs(html, block, notes, nested=0):
    """The HTML with paragraphs where it only had empty lines; `block(number)` gives the HTML of a reusable block."""
    parser = _Paragraphs(block, notes, nested)
    parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    parser.flush()
    return "".join(parser.out)


class _Paragraphs(HTMLParser):
    def __init__(self, block, notes, nested):
        super().__init__()
        self.block, self.notes, self.nested = block, notes, nested
        self.out, self.line = [], []
        self.closed, self.depth = "", 0

    def handle_starttag(self, tag, attrs):
        raw = " ".join(self.get_starttag_text().split())
        if self.closed == "p" and (tag in CLOSED or tag in CONTAINERS):
            self._end_closed()
        if self.closed:
            self.depth += tag == self.closed
            self.out.append(raw)
        elif tag in CONTAINERS or tag in CLOSED or tag == "hr":
            self.flush()
            self.out.append(raw)
            self.closed, self.depth = (tag, 1) if tag in CLOSED else ("", 0)
        else:
            self.line.append(raw)

    def handle_startendtag(self, tag, attrs):
        if tag in CLOSED or tag in CONTAINERS:  # <p/> opens, for a browser, too
            self.handle_starttag(tag, attrs)
        else:
            self._add(" ".join(self.get_starttag_text().split()))

    def handle_endtag(self, tag):
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

    def handle_data(self, data):
        text = escape(data, quote=False)
        if self.closed:
            self.out.append(text)
            return
        first, *others = _EMPTY_LINE.split(text)
        self.line.append(first)
        for other in others:
            self.flush()
            self.line.append(other)

    def handle_comment(self, data):
        if not _OWN_COMMENT.match(data):
            return
        if not self.closed:
            self.flush()
        if data.lstrip().startswith("wp:") and data.endswith("/"):
            self._block(*_block_of(data))

    def flush(self):
        """End the paragraph that has gathered, if any."""
        line, self.line = "".join(self.line).strip(), []
        if line:
            self.out.append(f"<p>{_BREAK.sub('<br>', line)}</p>\n")

    def _add(self, raw):
        (self.out if self.closed else self.line).append(raw)

    def _end_closed(self):
        self.out.append(f"</{self.closed}>")
        self.closed, self.depth = "", 0

    def _block(self, name, number):
        if name == "block" and self.nested < MAX_NESTED and (found := self.block(number)):
            self.out.append(paragraphs(found, self.block, self.notes, self.nested + 1))
        else:
            self.notes.add(Reason.BLOCK_DROPPED, f"wp:{name}")


def _block_of(comment):
    """(name, number of the reusable block it shows or None) of a block that is only a comment."""
    name, _, rest = comment.strip().removeprefix("wp:").rstrip("/").strip().partition(" ")
    try:
        settings = json.loads(rest) if rest.strip() else {}
    except ValueError:
        settings = {}
    number = settings.get("ref") if isinstance(settings, dict) else None
    return name[:60], number if isinstance(number, int) else None
