"""Converts the content of a post to the HTML of an article."""

import re
from collections.abc import Sequence

from blog.sanitizing import clean_article

from ..reporting.notes import Notes
from .footnotes import mark_footnotes
from .lookup import Lookup
from .paragraphs import paragraphs
from .rewriting import readdress, rewrite
from .shortcodes import expand_shortcodes

_FIGURE = re.compile(r"<figure>(.*?)</figure>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_EMPTY = re.compile(
    r"<(a|p|h2|h3|h4|strong|em|figcaption|li|ul|ol|blockquote)(?! id=)(?: [^>]*)?>(?:\s|&nbsp;|<br>)*</\1>"
)


def article_body(text: str, lookup: Lookup, notes: Notes, footnotes: Sequence[tuple[str, str]] = ()) -> str:
    """Convert a post's content to our HTML.

    `footnotes` are the (id, HTML) pairs that WordPress stores beside the content; `notes` holds all of them afterwards.
    """
    if not text.strip():
        return ""
    text = mark_footnotes(text, footnotes, notes)
    text = expand_shortcodes(text, lookup.gallery, notes)
    text = paragraphs(text, lookup.block, notes)
    return clean_article(tidy(clean_article(rewrite(text, lookup, notes))))


def own_body(text: str, lookup: Lookup, notes: Notes) -> str:
    """Convert content of our own export: only URLs change."""
    return clean_article(readdress(text, lookup, notes)) if text.strip() else ""


def tidy(html: str) -> str:
    """Remove empty elements and frames around anything but images and tables."""
    html = _FIGURE.sub(_without_frame, html)
    for _ in range(3):  # empty elements nest: a link in a paragraph in a list
        html = _EMPTY.sub("", html)
    return re.sub(r"\n{3,}", "\n\n", html)


def _without_frame(figure: re.Match[str]) -> str:
    if "<img" in figure[1] or "<table" in figure[1]:
        return figure[0]
    inside = _CAPTION.sub(r"<p><em>\1</em></p>", figure[1]).strip()
    return inside if inside.startswith(("<p", "<blockquote", "<ul", "<ol", "<pre")) else f"<p>{inside}</p>"
