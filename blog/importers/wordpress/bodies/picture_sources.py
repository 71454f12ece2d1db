"""Finds the image URLs of an element: plugins load images lazily, in several sizes, or as backgrounds."""

import re

from ..addresses import IMAGE_EXTENSIONS, original_names, parts_of

LATE_SOURCES = ("data-orig-file", "data-src", "data-lazy-src")
SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WIDTH = re.compile(r"(\d{1,5})(?:\.\d+)?[wx]")
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?([^'\")]{1,500})", re.IGNORECASE
)


def picture_sources(given: dict[str, str]) -> list[str]:
    """Return the candidate URLs of an <img>, best first."""
    sources = [given[name] for name in LATE_SOURCES if given.get(name)]
    for name in SOURCE_SETS:
        sources += _largest_first(given.get(name, ""))[:1]
    sources += [given["src"]] if given.get("src") else []
    return sources


def _largest_first(srcset: str) -> list[str]:
    """Return the URLs of a srcset, widest first."""
    listed = [candidate.split() for candidate in re.split(r",\s+|,(?=https?:)", srcset) if candidate.strip()]
    sized = [(_WIDTH.fullmatch(more[0]) if more else None, address.rstrip(",")) for address, *more in listed]
    return [address for _, address in sorted(sized, key=lambda found: -int(found[0][1]) if found[0] else 0)]


def background_picture(given: dict[str, str]) -> str:
    """Return the URL of a background image, as covers and page builders use, or an empty string."""
    found = _BACKGROUND.search(given.get("style", ""))
    return found[1].strip() if found else ""


def is_picture(address: str) -> bool:
    """Return whether a URL is that of an image."""
    return parts_of(address).path.lower().endswith(IMAGE_EXTENSIONS)


def names_file(html: str, address: str) -> bool:
    """Return whether the HTML names this file, an image in any size."""
    stem, _, ending = original_names(parts_of(address).path)[0].rpartition("/")[2].rpartition(".")
    return bool(re.search(rf"{re.escape(stem)}(?:-\w+)?\.{re.escape(ending)}", html, re.IGNORECASE))
