"""Expands WordPress [shortcodes]: core ones to HTML, those of plugins to their readable content."""

import html
import re
from collections import Counter
from typing import NamedTuple

from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .lookup import Gallery
from .plugin_shortcodes import FORMS, PLUGINS, attributes_in_words, plugin_html

# A shortcode, or an HTML tag or comment, in which brackets have no meaning.
_TOKEN = re.compile(
    r"\[(\[?)(/?)([A-Za-z][\w-]{1,40})((?:[\s=][^\[\]]{0,20000})?/?)\](\]?)|<!--|<(\w+)(?:\s[^<>]*)?/?>"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]\S*))""")
_PICTURE_FIRST = re.compile(
    r"\s*((?:<a\s[^>]{0,2000}>\s*)?<img\s[^>]{0,4000}>(?:\s*</a>)?)\s*(.*)", re.DOTALL | re.IGNORECASE
)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\[\]]+""")
VERBATIM = {"pre", "code", "script", "style", "textarea"}
CODES = {"code", "sourcecode"}
CAPTIONS = {"caption", "wp_caption"}
PLAYED = {"embed", "video", "audio", "youtube", "vimeo", "playlist", "soundcloud"}
FOOTNOTES = {"footnote", "efn_note", "mfn"}


class Opened(NamedTuple):
    """An open shortcode that may enclose content; `position` is its index in the output."""

    name: str
    attributes: dict[str, str]
    position: int


def expand_shortcodes(text: str, gallery: Gallery, notes: Notes) -> str:
    """Expand or remove the shortcodes of a text; `gallery(attributes)` returns the HTML of the images they name.

    [[doubled]] brackets are WordPress's way to write a shortcode literally.
    """
    if "[" not in text:
        return text
    return _Expansion(text, gallery, notes).run()


class _Expansion:
    """One pass over a text; nested shortcodes are expanded from the inside, so the run time is linear."""

    def __init__(self, text: str, gallery: Gallery, notes: Notes) -> None:
        self.text, self.gallery, self.notes = text, gallery, notes
        self.lowered = text.lower()
        self.at = 0
        self.out: list[str] = []
        self.open: list[Opened] = []
        self.open_names: Counter[str] = Counter()
        self.missing: set[str] = set()  # end tags that do not occur any more

    def run(self) -> str:
        for token in _TOKEN.finditer(self.text):
            if token.start() >= self.at:
                self.out.append(self.text[self.at : token.start()])
                self.at = token.end()
                self._take(token)
        self.out.append(self.text[self.at :])
        while self.open:
            self._end(self._pop(), enclosing=False)
        return "".join(self.out)

    def _take(self, token: re.Match[str]) -> None:
        doubled, closing, name, attributes, doubled_end, tag = token.groups()
        if name is None:
            self._skip_html(token, tag)
        elif doubled and doubled_end:
            self.out.append(token[0][1:-1])
        else:
            self.out.append(doubled)
            self._take_code(token[0].strip("[]"), closing, name.lower(), attributes)
            self.out.append(doubled_end)

    def _skip_html(self, token: re.Match[str], tag: str | None) -> None:
        """Copy an HTML tag or comment unchanged, verbatim elements with their content."""
        ending = "-->" if tag is None else f"</{tag.lower()}"
        if tag is None or tag.lower() in VERBATIM:
            self.at = self._find(ending, token.end()) or self.at
        self.out.append(self.text[token.start() : self.at])

    def _find(self, ending: str, start: int) -> int | None:
        """Return the index of `ending` after `start`, or None; missing ones are remembered."""
        if ending in self.missing:
            return None
        found = self.lowered.find(ending, start)
        if found < 0:
            self.missing.add(ending)
        return found if found >= 0 else None

    def _take_code(self, inside: str, closing: str, name: str, attributes: str) -> None:
        if closing:
            self._close(inside, name)
        elif name in CODES and (end := self._find(f"[/{name}]", self.at)):
            self.out.append(_code(self.text[self.at : end]))
            self.at = end + len(name) + 3
        elif name == "gallery":
            self.out.append(self.gallery(_attributes(attributes)))
        elif name in PLAYED and name != "embed":
            self._play(attributes)
        elif name in CAPTIONS or name in FOOTNOTES or name == "embed" or PLUGINS.match(name):
            self._open(name, attributes)
        else:
            if "=" in attributes:
                self.notes.add(Reason.SHORTCODE_LEFT, f"[{name}]")
            self.out.append(f"[{inside}]")

    def _open(self, name: str, attributes: str) -> None:
        given = _attributes(attributes)
        if PLUGINS.match(name):
            named = "".join(f' {key}="{value}"' for key, value in attributes_in_words(name, given).items())
            self.notes.add(Reason.SHORTCODE_DROPPED, f"[{name}{named}]")
        self.open.append(Opened(name, given, len(self.out)))
        self.open_names[name] += 1
        self.out.append("")
        if attributes.endswith("/") or FORMS.match(name):
            self._end(self._pop(), enclosing=False)

    def _close(self, inside: str, name: str) -> None:
        if self.open_names[name]:
            while (opened := self._pop()).name != name:
                self._end(opened, enclosing=False)
            self._end(opened, enclosing=True)
        elif not (name in PLAYED or name in CAPTIONS or PLUGINS.match(name)):
            self.out.append(f"[{inside}]")

    def _pop(self) -> Opened:
        opened = self.open.pop()
        self.open_names[opened.name] -= 1
        return opened

    def _end(self, opened: Opened, *, enclosing: bool) -> None:
        """Replace a shortcode, and the content it encloses if any, by its expansion."""
        start = opened.position
        enclosed = ""
        if enclosing:
            enclosed = "".join(self.out[start:])
            del self.out[start + 1 :]
        self.out[start] = self._meant(opened, enclosed)

    def _meant(self, opened: Opened, enclosed: str) -> str:
        name, attributes = opened.name, opened.attributes
        if name == "embed":
            return self._embedded(enclosed or attributes.get("src", ""))
        if name in CAPTIONS:
            return _captioned(enclosed, attributes)
        if name in FOOTNOTES:
            return self.notes.footnote(enclosed) if enclosed.strip() else f"[{name}]{enclosed}"
        return plugin_html(name, attributes, enclosed, self.gallery)

    def _play(self, attributes: str) -> None:
        for address in _ADDRESS.findall(html.unescape(attributes)):
            self.out.append(self._embedded(address))

    def _embedded(self, enclosed: str) -> str:
        address = html.unescape(enclosed).strip()
        if not _ADDRESS.fullmatch(address):
            return enclosed
        self.notes.add(Reason.EMBED_LINKED)
        return f"\n\n{address}\n\n"


def _code(text: str) -> str:
    """Return the HTML of a [code] shortcode; only WordPress.com stores its content escaped."""
    shown = html.escape(html.unescape(text), quote=False)
    if "\n" not in shown.strip():
        return f"<code>{shown}</code>"
    return "\n\n<pre><code>" + shown.strip("\r\n") + "</code></pre>\n\n"


def _captioned(enclosed: str, attributes: dict[str, str]) -> str:
    found = _PICTURE_FIRST.match(enclosed)
    if not found:
        return enclosed
    words = found[2].strip() or html.escape(attributes.get("caption", ""))
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{found[1]}{caption}</figure>\n\n"


def _attributes(text: str) -> dict[str, str]:
    plain = html.unescape(text).replace("”", '"').replace("″", '"').replace("“", '"')
    return {
        found[1].lower(): next(filter(None, found.groups()[1:]), "") for found in _ATTRIBUTE.finditer(plain)
    }
