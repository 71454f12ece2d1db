"""WordPress's [shortcodes]: the ones of its core become HTML, forms and page builders go, the rest stays as text."""

import html
import re

from ..reporting.reasons import Reason

_TOKEN = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]{1,40})((?:[\s=][^\[\]]{0,2000})?)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_PICTURE_FIRST = re.compile(
    r"\s*((?:<a\s[^>]{0,2000}>\s*)?<img\s[^>]{0,4000}>(?:\s*</a>)?)\s*(.*)", re.DOTALL | re.IGNORECASE
)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\[\]]+""")
CAPTIONS = {"caption", "wp_caption"}
PLAYED = {"embed", "video", "audio", "youtube", "vimeo", "playlist", "soundcloud"}
# Brackets that only mean something to a plugin; what they enclose stays.
PLUGINS = re.compile(
    r"(vc_|et_pb_|fusion_|av_|elementor|themify|su_|wpb_|contact-form|gravityform|wpforms|ninja_form|formidable|"
    r"mc4wp|mailpoet|newsletter|jetpack|rev_slider|metaslider|ad_?(inserter|sense)|woocommerce|products?$|do_widget|"
    r"social|share|addtoany|toc$|columns?$|one_|two_|row$|button$|spacer$|divider$|clear$|dropcap$|highlight$)",
    re.IGNORECASE,
)


def expand_shortcodes(text, gallery, notes):
    """The text with its shortcodes as HTML or gone; `gallery(ids)` gives the HTML of the pictures with these numbers.

    [[doubled]] brackets are WordPress's way to write a shortcode literally.
    """
    if "[" not in text:
        return text
    return _Expansion(gallery, notes).run(text)


class _Expansion:
    """One way through a text; nested shortcodes collapse from the inside, so the work grows with the text only."""

    def __init__(self, gallery, notes):
        self.gallery, self.notes = gallery, notes
        self.out = []
        self.open = []  # (name, attributes, index in out of what it encloses)

    def run(self, text):
        at = 0
        for token in _TOKEN.finditer(text):
            self.out.append(text[at : token.start()])
            at = token.end()
            self._take(token)
        self.out.append(text[at:])
        return "".join(self.out)

    def _take(self, token):
        doubled, closing, name, attributes, doubled_end = token.groups()
        if doubled and doubled_end:
            self.out.append(token[0][1:-1])
            return
        self.out.append(doubled)
        self._take_code(token[0].strip("[]"), closing, name.lower(), attributes)
        self.out.append(doubled_end)

    def _take_code(self, inside, closing, name, attributes):
        if closing:
            self._close(inside, name)
        elif name in CAPTIONS or name == "embed":
            self.open.append((name, _attributes(attributes), len(self.out)))
        elif name == "gallery":
            self.out.append(self.gallery(_attributes(attributes).get("ids", "")))
        elif name in PLAYED:
            self._play(attributes)
        elif PLUGINS.match(name):
            self.notes.add(Reason.SHORTCODE_DROPPED, f"[{name}]")
        else:
            if "=" in attributes:
                self.notes.add(Reason.SHORTCODE_LEFT, f"[{name}]")
            self.out.append(f"[{inside}]")

    def _close(self, inside, name):
        while self.open and name in (*CAPTIONS, "embed"):
            opened, attributes, start = self.open.pop()
            enclosed = "".join(self.out[start:])
            del self.out[start:]
            self.out.append(
                self._embedded(enclosed) if opened == "embed" else _captioned(enclosed, attributes)
            )
            if opened == name:
                return
        if name in PLAYED or name in CAPTIONS or PLUGINS.match(name):
            return
        self.out.append(f"[{inside}]")

    def _play(self, attributes):
        for address in _ADDRESS.findall(html.unescape(attributes)):
            self.out.append(self._embedded(address))

    def _embedded(self, enclosed):
        address = html.unescape(enclosed).strip()
        if not _ADDRESS.fullmatch(address):
            return enclosed
        self.notes.add(Reason.EMBED_LINKED)
        return f"\n\n{address}\n\n"


def _captioned(enclosed, attributes):
    found = _PICTURE_FIRST.match(enclosed)
    if not found:
        return enclosed
    words = found[2].strip() or html.escape(attributes.get("caption", ""))
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{found[1]}{caption}</figure>\n\n"


def _attributes(text):
    plain = html.unescape(text).replace("”", '"').replace("″", '"')
    return {
        found[1].lower(): next(filter(None, found.groups()[1:]), "") for found in _ATTRIBUTE.finditer(plain)
    }
