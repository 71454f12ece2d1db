"""Where an element has its picture from: plugins load them late, in several sizes, or behind words."""

import re

LATE_SOURCES = ("data-orig-file", "data-src", "data-lazy-src")
SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WIDTH = re.compile(r"(\d{1,5})(?:\.\d+)?[wx]")
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?([^'\")]{1,500})", re.IGNORECASE
)


def picture_sources(given: dict[str, str]) -> list[str]:
    """The addresses an <img> may have its picture from, the best first."""
    sources = [given[name] for name in LATE_SOURCES if given.get(name)]
    for name in SOURCE_SETS:
        sources += _largest_first(given.get(name, ""))[:1]
    sources += [given["src"]] if given.get("src") else []
    return sources


def _largest_first(srcset: str) -> list[str]:
    """The addresses of a srcset, the widest first."""
    listed = [candidate.split() for candidate in re.split(r",\s+|,(?=https?:)", srcset) if candidate.strip()]
    sized = [(_WIDTH.fullmatch(more[0]) if more else None, address.rstrip(",")) for address, *more in listed]
    return [address for _, address in sorted(sized, key=lambda found: -int(found[0][1]) if found[0] else 0)]


def background_picture(given: dict[str, str]) -> str:
    """The address of the picture that a cover or a page builder shows behind its words, or an empty text."""
    found = _BACKGROUND.search(given.get("style", ""))
    return found[1].strip() if found else ""
