"""Rewrites images, links and embedded players in HTML of an old blog. Sanitizing comes afterwards."""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from blog.sanitizing import anchor_id

from ..addresses import is_document, parts_of
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .lookup import Lookup
from .picture_sources import background_picture, picture_sources

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
    "caption": "p",  # of a table: browsers move it before the table
}
HEADINGS = {"h2", "h3", "h4"}
# Elements that cannot contain an anchor; it is placed before them.
_NO_ANCHOR_INSIDE = {
    "ul",
    "ol",
    "dl",
    "table",
    "thead",
    "tbody",
    "tr",
    "figure",
    "img",
    "hr",
    "br",
    *("h2", "h3", "h4"),
}
SCHEMES = {"", "http", "https", "mailto", "tel"}
PLAYERS = {"iframe", "video", "audio", "embed", "object"}
_LINKED_ANCHOR = re.compile(r"""<a\s[^<>]*href\s*=\s*["'][^"'#>]*#([^"'>]{1,200})["']""", re.IGNORECASE)
_ALONE = re.compile(r"""\s*(https?://[^\s"'<>]+)\s*""")
_BEGINNING = re.compile(r"<(p|div|figure|li|td)\b[^>]*>\s*$")
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/([\w-]{6,20})[^\s]*"
)


def rewrite(html: str, lookup: Lookup, notes: Notes) -> str:
    """Return the HTML with images and links resolved by `lookup`; players become links to their content."""
    linked = {anchor_id(anchor) for anchor in _LINKED_ANCHOR.findall(html)}
    return _run(_Rewriter(lookup, notes, linked), html)


def readdress(html: str, lookup: Lookup, notes: Notes) -> str:
    """Return the HTML with images and links resolved by `lookup`, otherwise unchanged."""
    return _run(_Readdresser(lookup, notes), html)


def _run(parser: "_Readdresser", html: str) -> str:
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


class _Readdresser(HTMLParser):
    """Replaces the URLs of images and links."""

    kept: tuple[str, ...] = ("width", "height")

    def __init__(self, lookup: Lookup, notes: Notes) -> None:
        super().__init__()
        self.lookup, self.notes = lookup, notes
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.out.append(self._picture(given))
        elif tag == "a":
            self.out.append(self._link(given))
        else:
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))

    def _picture(self, given: dict[str, str]) -> str:
        alt = given.get("alt", "")
        more = "".join(f' {name}="{escape(given[name])}"' for name in self.kept if given.get(name))
        sources = picture_sources(given)
        for source in sources:
            if address := self.lookup.picture(source, alt):
                return f'<img src="{escape(address)}" alt="{escape(alt)}"{more}>'
        if sources:
            said = f" “{alt}”" if alt else ""
            self.notes.add(Reason.PICTURE_MISSING, f"{sources[-1][:300]}{said}")
        return ""

    def _link(self, given: dict[str, str]) -> str:
        return f'<a href="{escape(self._target(given.get("href", "")))}"{_title(given)}>'

    def _target(self, href: str) -> str:
        """Return the new target of a link."""
        found = self.lookup.link(href) if href else None
        return href if found is None else found


class _Rewriter(_Readdresser):
    """Also renames obsolete tags, replaces players by links and links URLs on a line of their own."""

    kept = ()

    def __init__(self, lookup: Lookup, notes: Notes, linked: set[str]) -> None:
        super().__init__(lookup, notes)
        self.linked = linked  # anchors that are link targets
        self.anchors: set[str] = set()  # anchors in use; ids must be unique
        self.links: list[bool] = []  # for each open <a>, whether it is kept
        self.player = ""  # the open player element, whose content is dropped

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.player or tag in PLAYERS:
            self._play(tag, given)
            return
        name = RENAMED.get(tag, tag)
        anchor = self._anchor(name, given)
        if name in _NO_ANCHOR_INSIDE and name not in HEADINGS:
            self._mark(anchor)
        if tag == "a":
            self.links.append(self._keeps_link(given))
            self.out += [self._link(given)] if self.links[-1] else []
        elif name in HEADINGS:
            self.out.append(f'<{name} id="{anchor}">' if anchor else f"<{name}>")
        elif tag in RENAMED:
            self.out.append(f"<{name}>")
        else:
            super().handle_starttag(tag, attrs)
        if name not in _NO_ANCHOR_INSIDE:
            self._mark(anchor)
        self._background(given)

    def _anchor(self, tag: str, given: dict[str, str]) -> str:
        """Return the id of an element if it may be a link target, else an empty string."""
        written = given.get("id") or (given.get("name") if tag == "a" else "")
        anchor = anchor_id(written) if written else ""
        if anchor in self.anchors or not (tag in HEADINGS or tag == "a" or anchor in self.linked):
            return ""
        self.anchors.add(anchor)
        return anchor

    def _keeps_link(self, given: dict[str, str]) -> bool:
        """Return whether an <a> has a usable target; otherwise only its text is kept."""
        href = given.get("href", "").strip()
        return bool(href) and href != "#" and parts_of(href).scheme in SCHEMES

    def _target(self, href: str) -> str:
        if not href.startswith("#"):
            return super()._target(href)
        return f"#{self.notes.anchors.get(href[1:]) or anchor_id(href[1:])}"

    def _background(self, given: dict[str, str]) -> None:
        """Add the background image of a cover or page builder."""
        if address := background_picture(given):
            picture = self._picture({"src": address})
            self.out += [f"<figure>{picture}</figure>"] if picture else []

    def _mark(self, anchor: str) -> None:
        self.out += [f'<a id="{anchor}"></a>'] if anchor else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == self.player:
            self.player = ""

    def handle_endtag(self, tag: str) -> None:
        if self.player:
            self.player = "" if tag == self.player else self.player
            return
        if tag == "a" and not (self.links and self.links.pop()):
            return
        super().handle_endtag(RENAMED.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if self.player:
            return
        alone = None if any(self.links[-1:]) else _ALONE.fullmatch(data)
        if alone and self._begins_something():
            self.out.append(self._address(alone[1]))
        else:
            super().handle_data(data)

    def _begins_something(self) -> bool:
        """Return whether a URL starts its paragraph or frame."""
        return not self.out or bool(_BEGINNING.search(self.out[-1]))

    def _play(self, tag: str, given: dict[str, str]) -> None:
        if not self.player and tag != "embed":
            self.player = tag
        source = given.get("src") or given.get("data") or given.get("data-src") or ""
        if source.startswith("//"):
            source = f"https:{source}"
        if _web_address(source) and tag in (*PLAYERS, "source"):
            self.out.append(f"<p>{self._address(source)}</p>")

    def _address(self, address: str) -> str:
        self.notes.add(Reason.EMBED_LINKED)
        watched = _YOUTUBE.sub(r"https://www.youtube.com/watch?v=\1", address)
        found = self.lookup.link(watched)
        shown = unquote(parts_of(watched).path.rpartition("/")[2]) if is_document(watched) else watched
        return f'<a href="{escape(found or watched)}">{escape(shown)}</a>'


def _title(given: dict[str, str]) -> str:
    return f' title="{escape(given["title"])}"' if given.get("title") else ""


def _web_address(address: str) -> bool:
    parts = parts_of(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
