"""HTML of an old blog with its pictures, links and players turned into ours. Cleaning it comes afterwards."""

import re
from html import escape
from html.parser import HTMLParser

from ..addresses import parts_of
from ..reporting.reasons import Reason

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
_BEGINNING = re.compile(r"<(p|div|figure|li|td)\b[^>]*>\s*$")
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/([\w-]{6,20})[^\s]*"
)


def rewrite(html, lookup, notes):
    """The HTML with what `lookup` finds for its pictures and links; what plays becomes a link to where it plays."""
    return _run(_Rewriter(lookup, notes), html)


def readdress(html, lookup, notes):
    """The HTML with what `lookup` finds for its pictures and links, and nothing else touched."""
    return _run(_Readdresser(lookup, notes), html)


def _run(parser, html):
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


class _Readdresser(HTMLParser):
    """Pictures and links get their new addresses."""

    kept = ("width", "height")

    def __init__(self, lookup, notes):
        super().__init__()
        self.lookup, self.notes = lookup, notes
        self.out = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.out.append(self._picture(given))
        elif tag == "a":
            self.out.append(self._link(given))
        else:
            self.out.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.out.append(f"</{tag}>")

    def handle_data(self, data):
        self.out.append(escape(data, quote=False))

    def _picture(self, given):
        alt = given.get("alt", "")
        more = "".join(f' {name}="{escape(given[name])}"' for name in self.kept if given.get(name))
        for name in SOURCES_OF_PICTURES:
            source = given.get(name, "")
            if source and (address := self.lookup.picture(source, alt)):
                return f'<img src="{escape(address)}" alt="{escape(alt)}"{more}>'
        if source := given.get("src"):
            self.notes.add(Reason.PICTURE_MISSING, source[:300])
        return ""

    def _link(self, given):
        href = given.get("href", "")
        found = self.lookup.link(href) if href else None
        title = f' title="{escape(given["title"])}"' if given.get("title") else ""
        return f'<a href="{escape(href if found is None else found)}"{title}>'


class _Rewriter(_Readdresser):
    """Besides: old tags get their new names, players become links, addresses standing alone can be followed."""

    kept = ()

    def __init__(self, lookup, notes):
        super().__init__(lookup, notes)
        self.links = 0
        self.player = ""  # the player whose inside is left out

    def handle_starttag(self, tag, attrs):
        if self.player or tag in PLAYERS:
            self._play(tag, {name: value or "" for name, value in attrs})
        elif tag in RENAMED:
            self.out.append(f"<{RENAMED[tag]}>")
        else:
            self.links += tag == "a"
            super().handle_starttag(tag, attrs)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag == self.player:
            self.player = ""

    def handle_endtag(self, tag):
        if self.player:
            self.player = "" if tag == self.player else self.player
            return
        self.links -= tag == "a" and self.links > 0
        super().handle_endtag(RENAMED.get(tag, tag))

    def handle_data(self, data):
        if self.player:
            return
        alone = None if self.links else _ALONE.fullmatch(data)
        if alone and self._begins_something():
            self.out.append(self._address(alone[1]))
        else:
            super().handle_data(data)

    def _begins_something(self):
        """Whether an address stands alone in its paragraph or frame, as far as can be seen from before it."""
        return not self.out or bool(_BEGINNING.search(self.out[-1]))

    def _play(self, tag, given):
        if not self.player and tag != "embed":
            self.player = tag
        source = given.get("src") or given.get("data") or given.get("data-src") or ""
        if source.startswith("//"):
            source = f"https:{source}"
        if _web_address(source) and tag in (*PLAYERS, "source"):
            self.out.append(f"<p>{self._address(source)}</p>")

    def _address(self, address):
        self.notes.add(Reason.EMBED_LINKED)
        watched = _YOUTUBE.sub(r"https://www.youtube.com/watch?v=\1", address)
        found = self.lookup.link(watched)
        shown = escape(watched)
        return f'<a href="{escape(found) if found else shown}">{shown}</a>'


def _web_address(address):
    parts = parts_of(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
