"""Sanitizes HTML and plain text that people submit."""

import html as entities
import re
import unicodedata
from urllib.parse import unquote

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import escape, linebreaks, strip_tags, urlize
from django.utils.safestring import SafeString, mark_safe

from blog.querysets import FOUND_START, FOUND_STOP, HEADLINE_MARKS

ARTICLE_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "pre", "code"),
    *("a", "strong", "em", "s", "u", "sub", "sup", "figure", "figcaption", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ARTICLE_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
LINK_SCHEMES = {"http", "https", "mailto", "tel"}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
# Joiners are legitimate within emoji and some scripts.
_JOINERS = "\u200c\u200d"
# Letters by category but blank when rendered: a name of these would be invisible.
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
MAX_NESTING = 100  # lists in lists, quotes in quotes
_BOXES = (
    "address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figure|footer|header|hgroup|listing|main"
    "|menu|nav|ol|optgroup|pre|rb|rp|rt|rtc|search|section|summary|ul"
)
_BOX_TAG = re.compile(rf"<(/?)(?:{_BOXES})(?=[\s/>])[^>]*>", re.IGNORECASE)
# What is left of an image elsewhere, as nh3 writes it: no attribute holds a quote or a > of its own.
_SOURCELESS = '<img(?: (?!src=)[a-z]+="[^"]*")*>'
_IMAGE_OF_NOTHING = re.compile(f"<figure>{_SOURCELESS}</figure>|{_SOURCELESS}")
MAX_MARKS = 4  # per character: as many as any script uses; more would overlap the lines above and below
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_is_web_address = URLValidator(["http", "https"])


# A host as people type it ("example.org/stairs"), and what is a file beside this page rather than a host.
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[/?#]|$)", re.IGNORECASE)
_FILE = re.compile(
    r"[^/?#]+\.(html?|php|aspx?|pdf|jpe?g|png|gif|webp|svg|docx?|txt|zip)(?=[?#]|$)", re.IGNORECASE
)
_MAIL_ADDRESS = re.compile(r"[^\s/:@?]+@(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)

_SKIPPED = "".join(map(chr, range(33)))  # controls and space before an address, as browsers do

# Ids that the page template uses.
PAGE_IDS = {"contents", "sources", "comments", "main", "beside", "next", "practice", "own"}
_PAGE_ID = re.compile(r"(comment|source)-\d+")
_NOT_IN_ID = re.compile(r"[^\w-]+")


def anchor_id(name: str) -> str:
    """Return a valid id for an anchor of this name: letters, digits and hyphens, prefixed if the page itself uses it."""
    anchor = _NOT_IN_ID.sub("-", unquote(name)).strip("-")[:60].strip("-")
    return f"part-{anchor}" if anchor in PAGE_IDS or _PAGE_ID.fullmatch(anchor) else anchor


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop images from other sites, which would learn who reads what, links that hide where they lead, and ids that the
    page itself uses."""
    if attribute == "id" and (not value or value != anchor_id(value)):
        return None
    if attribute not in ("src", "href"):
        return value
    leads_elsewhere = _as_browsers_read(value).startswith("//")
    if attribute == "href":
        value = _with_scheme(value)
        return None if leads_elsewhere and not value.startswith("//") else value
    return value if value.startswith("/") and not leads_elsewhere else None


def _with_scheme(address: str) -> str:
    """Return a web or mail address typed without its scheme with one; anything else as it is."""
    if _HOST.match(address) and not _FILE.match(address):
        return f"https://{address}"
    return f"mailto:{address}" if _MAIL_ADDRESS.fullmatch(address) else address


def _as_browsers_read(address: str) -> str:
    r"""Return an address without what browsers skip, and with / for \: to them, /\host is another site."""
    return re.sub(r"[\t\n\r]", "", address).lstrip(_SKIPPED).replace("\\", "/")


_article = nh3.Cleaner(
    tags=ARTICLE_TAGS,
    attributes=ARTICLE_ATTRIBUTES,
    attribute_filter=_filter_attribute,
    url_schemes=LINK_SCHEMES,
    link_rel="noopener",
)
_comment = nh3.Cleaner(
    tags={"p", "br", "a"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    link_rel="nofollow ugc noopener",
)


def clean_article(html: str) -> str:
    """Remove everything outside the allowlist from an article's HTML, and boxes nested deeper than MAX_NESTING.

    The text in those stays. Parsing takes a time that grows with the square of the depth.
    """
    return _IMAGE_OF_NOTHING.sub("", _article.clean(_flattened(html))).strip()


def _flattened(html: str) -> str:
    """Return the HTML without the tags of lists, quotes and the like that stand in MAX_NESTING others."""
    depth = 0

    def shallow(tag: re.Match[str]) -> str:
        nonlocal depth
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return "" if depth + bool(tag[1]) > MAX_NESTING else tag[0]

    return _BOX_TAG.sub(shallow, html)


def comment_html(text: str) -> str:
    """Render the plain text of a comment as safe paragraphs with its URLs linked; email addresses are not linked."""
    words = re.split(r"(\s+)", text)
    linked = "".join(
        urlize(word, autoescape=True) if _may_be_address(word) else entities.escape(word) for word in words
    )
    return _comment.clean(linebreaks(linked))


def _may_be_address(word: str) -> bool:
    """Return whether `urlize` has to look at a word: a cheap check, since an import has millions of words and few URLs."""
    return ("." in word or ":" in word) and "@" not in word


def plain_text(html: str) -> str:
    """Return the text of some HTML, for counting and searching."""
    return " ".join(
        entities.unescape(strip_tags(re.sub(r"</(p|h\d|li|td|th|figcaption)>|<br>", " ", html))).split()
    )


def one_line(text: str) -> str:
    """Normalize text to one line: single spaces, no invisible or bidirectional control characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    line = " ".join(_limit_combining_marks("".join(char for char in shown if _visible(char))).split())
    return line if line.strip(_JOINERS + " ") else ""


def many_lines(text: str) -> str:
    """Normalize text of several lines: no invisible characters, at most one blank line in a row."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        invisible = {ord(char): None for char in set(text) if char not in "\n\t" and not _visible(char)}
        text = _limit_combining_marks(text.translate(invisible))
    return re.sub(r"\n[ \t]*(\n[ \t]*)+", "\n\n", text).strip()


def website_address(text: str) -> str | None:
    """Return the URL of a website as typed, with https:// added where it is missing; None if it is invalid.

    URLs with user information are invalid: they are email addresses or disguise their host.
    """
    address = text.strip()
    if not _SCHEME.match(address):
        address = f"https://{address}"
    try:
        _is_web_address(address)
    except ValidationError:
        return None
    return None if "@" in address.split("/")[2] else address


def _visible(char: str) -> bool:
    return char in _JOINERS or not (unicodedata.category(char) in _INVISIBLE or char in _BLANK_LETTERS)


def _limit_combining_marks(text: str) -> str:
    """Return the text with at most MAX_MARKS combining marks per character."""
    marks = {char for char in set(text) if unicodedata.category(char) in ("Mn", "Me")}
    if not marks:
        return text
    kept, stacked = [], 0
    for char in text:
        stacked = stacked + 1 if char in marks else 0
        if stacked <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _without_joiners(text: str) -> str:
    return re.sub("[\u00ad\u200c\u200d\u2060\ufeff]", "", unicodedata.normalize("NFC", text))


def highlight_excerpt(excerpt: str, words: str) -> SafeString:
    """Return a search excerpt as safe HTML with <mark> around matches and an ellipsis where `words` is cut."""
    excerpt, words = excerpt.translate(HEADLINE_MARKS), _without_joiners(words)
    plain = excerpt.replace(FOUND_START, "").replace(FOUND_STOP, "").strip()
    before = "" if words.startswith(plain) else "… "
    after = "" if words.endswith(plain) else " …"
    return mark_safe(  # noqa: S308 - everything but our own two marks is escaped
        before + escape(excerpt.strip()).replace(FOUND_START, "<mark>").replace(FOUND_STOP, "</mark>") + after
    )
