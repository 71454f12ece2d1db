"""Old addresses as keys. Pure: an address goes in, comes out as the short text under which it is looked up.

A key is the path without slashes at its ends, in small letters and decoded, and what of the query says which page
it is: `2019/05/stairs`, `?p=12` (posts, pages and files share their numbers), `?cat=3`, `?tag=stairs`, `?feed`.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

IMAGE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
PHOTON_HOSTS = {"i0.wp.com", "i1.wp.com", "i2.wp.com", "i3.wp.com"}
_is_web_address = URLValidator(["http", "https"])
MAX_KEY = 500  # characters a key may have
# Each way of asking by number or name, and the one under which it is kept.
_ASKED = {"p": "p", "page_id": "p", "attachment_id": "p", "cat": "cat", "tag": "tag", "feed": "feed"}
# What may follow the address of a post and still means the post.
_TRAILING = re.compile(
    r"/(feed(/(rss2?|atom|rdf))?|amp|embed|trackback|comment|comment-page-\d+|page/\d+|\d{1,3})$"
)
_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{3,4}$)")
_GHOST_SIZE = re.compile(r"/size/w\d{1,5}(?:h\d{1,5})?(?:/format/\w{1,10})?/")
_SCALED = re.compile(r"-(scaled|rotated|e\d{10,13})(?=\.\w{3,4}$)")


def key_of(address: str) -> str:
    """The key of an absolute or relative address; empty for the front page, and for one that cannot be kept."""
    parts = parts_of(address)
    key = _path(parts.path) + _query(parts.query)
    return key if _can_be_kept(key) else ""


def keys_to_try(path: str, query: str) -> list[str]:
    """The keys under which what was asked for may be kept, best first."""
    whole, asked = _path(path), _query(query)
    tried = [whole + asked] if asked else []
    tried += [whole, *_shorter(whole), _SIZED.sub("", whole)]
    return [key for key in dict.fromkeys(tried) if key and _can_be_kept(key)]


def base_of(site: str) -> str:
    """The path under which the old blog lay, without slashes at its ends; empty for the root of its host."""
    return site.partition("/")[2].lower()


def keys_of_number(site: str, link: str, wp_id: int) -> list[str]:
    """The keys under which a post or file could be asked for: its permalink, and its number."""
    keys = (key_of(link), f"{base_of(site)}?p={wp_id}")
    return [key for key in dict.fromkeys(keys) if key and key != base_of(site)]


def asks_by_number(query: str) -> bool:
    """Whether a query of the front page asks for a page of the old blog, as in /?p=12."""
    return bool(_query(query))


def host_of(address: str) -> str:
    """The host of an address in small ASCII letters, without www. and port; empty if it has none."""
    host = parts_of(address).hostname or ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return host.removeprefix("www.")


def without_photon(address: str) -> str:
    """The address itself where WordPress.com's picture servers stand before it."""
    if host_of(address) in PHOTON_HOSTS:
        return "https://" + parts_of(address).path.lstrip("/")
    return address


def site_of(address: str) -> str:
    """What tells one old blog from another: its host and the path it lies under."""
    return f"{host_of(address)}/{_path(parts_of(address).path)}".rstrip("/")[:200]


def original_names(path: str) -> list[str]:
    """The path of an uploaded picture, largest form first: WordPress and Ghost link to smaller copies."""
    full = _SIZED.sub("", _GHOST_SIZE.sub("/", path))
    bare = _SCALED.sub("", full)
    stem, dot, ending = full.rpartition(".")
    return list(dict.fromkeys([bare, full, f"{stem}-scaled{dot}{ending}", path]))


def original_key(address: str) -> str:
    """The key of the uploaded picture behind an address, whichever of its sizes it names."""
    path = unquote(parts_of(address).path)
    return key_of(original_names(path)[0]) if path.lower().endswith(IMAGE_EXTENSIONS) else ""


def web_address(text: object) -> str:
    """The text if it is an address of the web that can be kept, else an empty text."""
    address = str(text or "")[:MAX_KEY]
    try:
        _is_web_address(address)
    except ValidationError:
        return ""
    return address


def parts_of(address: str) -> SplitResult:
    """The parts of an address as urlsplit gives them; of a broken one, none."""
    try:
        parts = urlsplit(address.strip())
        parts.hostname  # noqa: B018 - a broken one raises here
    except ValueError:
        return urlsplit("")
    return parts


def _can_be_kept(key: str) -> bool:
    """Whether the database takes it: not too long, and without the one character that it refuses."""
    return len(key) <= MAX_KEY and "\0" not in key


def _path(path: str) -> str:
    decoded = unquote(path).replace("\\", "/").lower()
    return "/".join(part for part in decoded.split("/") if part and part != "index.php")


def _query(query: str) -> str:
    for name, value in parse_qsl(query):
        kept = _ASKED.get(name)
        if kept == "feed":
            return "?feed"
        if kept == "tag" and value:
            return f"?tag={value.lower()}"
        if kept and value.isascii() and value.isdigit():
            return f"?{kept}={int(value[:18])}"
    return ""


def _shorter(path: str) -> Iterator[str]:
    while (shorter := _TRAILING.sub("", path)) != path:
        yield shorter
        path = shorter
