"""HTML of an old blog with its pictures, links and players turned into ours. Cleaning it comes afterwards."""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from .rules import Reason

RENAMED = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "cite": "em",
    "del": "s",
    "strike": "s",
    "ins": "u",
    "dt": "p",
    "dd": "p",
    "address": "p",
    "summary": "p",
    "legend": "p",
}
PLAYERS = {"iframe", "video", "audio", "embed", "object"}
SOURCES_OF_PICTURES = ("data-orig-file", "data-src", "data-lazy-src", "src")
_ALONE = re.compile(r"""\s*(https?://[^\s"'<>]+)\s*""")
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/([\w-]{6,20})[^\s]*"
)


def rewrite(html, lookup, notes):
    """The HTML with what `lookup` finds for its pictures and links; what plays becomes a link to where it plays."""
    parser = _Rewriter(lookup, notes)
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


class _Rewriter(HTMLParser):
    def __init__(self, lookup, notes):
        super().__init__(convert_charrefs=False)
        self.lookup, self.notes = lookup, notes
        self.out = []
        self.links = 0
        self.player = ""  # the player whose inside is left out

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if self.player or tag in PLAYERS:
            self._play(tag, given)
        elif tag == "img":
            self.out.append(self._picture(given))
        elif tag == "a":
            self.links += 1
            self.out.append(self._link(given))
        else:
            raw = self.get_starttag_text()
            self.out.append(f"<{RENAMED[tag]}>" if tag in RENAMED else raw)

    def handle_endtag(self, tag):
        if self.player:
            self.player = "" if tag == self.player else self.player
            return
        self.links -= tag == "a" and self.links > 0
        self.out.append(f"</{RENAMED.get(tag, tag)}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag == self.player:
            self.player = ""

    def handle_data(self, data):
        if self.player:
            return
        alone = None if self.links else _ALONE.fullmatch(data)
        self.out.append(self._address(alone[1]) if alone and self._begins_something() else data)

    def handle_entityref(self, name):
        self._add(f"&{name};")

    def handle_charref(self, name):
        self._add(f"&#{name};")

    def _add(self, raw):
        if not self.player:
            self.out.append(raw)

    def _begins_something(self):
        """Whether an address stands alone in its paragraph or frame, as far as can be seen from before it."""
        return not self.out or bool(re.search(r"<(p|div|figure|li|td)\b[^>]*>\s*$", self.out[-1]))

    def _picture(self, given):
        for name in SOURCES_OF_PICTURES:
            source = given.get(name, "")
            if source and (address := self.lookup.picture(source, given.get("alt", ""))):
                return f'<img src="{escape(address)}" alt="{escape(given.get("alt", ""))}">'
        if source := given.get("src"):
            self.notes.add(Reason.PICTURE_MISSING, source[:300])
        return ""

    def _link(self, given):
        href = given.get("href", "")
        found = self.lookup.link(href) if href else None
        title = f' title="{escape(given["title"])}"' if given.get("title") else ""
        return f'<a href="{escape(href if found is None else found)}"{title}>'

    def _play(self, tag, given):
        if not self.player and tag != "embed":
            self.player = tag
        source = given.get("src") or given.get("data") or given.get("data-src") or ""
        if source.startswith("//"):
            source = f"https:{source}"
        if urlsplit_or_none(source) and tag in (*PLAYERS, "source"):
            self.out.append(f"<p>{self._address(source)}</p>")

    def _address(self, address):
        self.notes.add(Reason.EMBED_LINKED)
        watched = _YOUTUBE.sub(r"https://www.youtube.com/watch?v=\1", address)
        found = self.lookup.link(watched)
        shown = escape(watched)
        return f'<a href="{escape(found) if found else shown}">{shown}</a>'


def urlsplit_or_none(address):
    """The parts of a web address, None for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.netloc else None
