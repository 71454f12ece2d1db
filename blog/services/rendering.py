"""Renders sanitized article HTML for the page: heading anchors and responsive images."""

import re

from django.template.loader import render_to_string
from django.utils.text import slugify

from blog.models import Picture
from blog.sanitizing import PAGE_IDS, plain_text
from common.pictures import FALLBACK, FORMATS

HEADINGS_FOR_CONTENTS = 3
_HEADING = re.compile(r'<h([23])(?: id="([^"]+)")?>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r'<[^<>]* id="([^"]+)"')
_IMAGE = re.compile(r'<img [^>]*?src="/articles/pictures/([0-9a-f]{32})/\d+\.\w+"[^>]*>')
_ALT = re.compile(r'alt="([^"]*)"')


def with_anchors(html: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the HTML with an id on every h2 and h3, and the table of contents as pairs (id, text).

    The contents are empty below HEADINGS_FOR_CONTENTS h2 headings. Expects sanitized HTML, whose headings have no
    attributes except an optional id.
    """
    # {anchor: the number it had last}, so that a thousand equal headings are not counted from the start each time.
    taken, contents = dict.fromkeys([*PAGE_IDS, *_ID.findall(html)], 1), []

    def anchored(match: re.Match[str]) -> str:
        level, words = match[1], plain_text(match[3])
        anchor = match[2] or _unique_anchor(slugify(words)[:60].strip("-") or "part", taken)
        if level == "2":
            contents.append((anchor, words))
        return f'<h{level} id="{anchor}">{match[3]}</h{level}>'

    anchored_html = _HEADING.sub(anchored, html)
    return anchored_html, contents if len(contents) >= HEADINGS_FOR_CONTENTS else []


def _unique_anchor(anchor: str, taken: dict[str, int]) -> str:
    """Return the anchor, numbered if it is taken; ids of comments and sources are reserved."""
    number, free = taken.get(anchor, 1), anchor
    while free in taken or re.fullmatch(r"(comment|source)-\d+", free):
        number += 1
        free = f"{anchor}-{number}"
    taken[anchor], taken[free] = number, 1
    return free


def with_pictures(html: str) -> str:
    """Return sanitized HTML with each of our images as a <picture> in every size and format. At most one query."""
    keys = set(_IMAGE.findall(html))
    pictures = {picture.key: picture for picture in Picture.objects.filter(key__in=keys)} if keys else {}

    def in_all_sizes(match: re.Match[str]) -> str:
        picture = pictures.get(match[1])
        if picture is None:
            return match[0]
        alt = _ALT.search(match[0])
        return picture_html(picture, alt=alt[1] if alt and alt[1] else None)

    return _IMAGE.sub(in_all_sizes, html)


def picture_html(picture: Picture, *, alt: str | None = None, first: bool = False) -> str:
    """Return a <picture> element; `alt` must be HTML-escaped; `first` disables lazy loading, for images above the fold."""
    sizes = [
        (kind, ", ".join(f"{picture.address(width, kind)} {width}w" for width in picture.widths))
        for kind in FORMATS
    ]
    context = {
        "picture": picture,
        "sources": [(kind, srcset) for kind, srcset in sizes if kind != FALLBACK],
        "srcset": dict(sizes)[FALLBACK],
        "alt": alt,
        "first": first,
    }
    return render_to_string("blog/_picture.html", context).strip()
