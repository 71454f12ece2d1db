"""Old URLs as lookup keys. Pure functions.

A key is the decoded, lowercase path without leading or trailing slashes, plus the part of the query string that selects
a page: `2019/05/stairs`, `?p=12` (posts, pages and files share their numbers), `?cat=3`, `?tag=stairs`, `?feed`.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from common import documents

IMAGE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
DOCUMENT_EXTENSIONS = documents.ENDINGS
PHOTON_HOSTS = {"i0.wp.com", "i1.wp.com", "i2.wp.com", "i3.wp.com"}
_is_web_address = URLValidator(["http", "https"])
MAX_KEY = 500  # characters
# Query parameters that select a page, and the name used in keys.
_ASKED = {"p": "p", "page_id": "p", "attachment_id": "p", "cat": "cat", "tag": "tag", "feed": "feed"}
# Suffixes after which the URL still means the post.
_TRAILING = re.compile(
    r"/(feed(/(rss2?|atom|rdf))?|amp|embed|trackback|comment|comment-page-\d+|page/\d+|\d{1,3})$"
)
_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{3,4}$)")
_GHOST_SIZE = re.compile(r"/size/w\d{1,5}(?:h\d{1,5})?(?:/format/\w{1,10})?/")
_SCALED = re.compile(r"-(scaled|rotated|e\d{10,13})(?=\.\w{3,4}$)")


def key_of(address: str) -> str:
    """Return the key of an absolute or relative URL; empty for the front page and for a URL that cannot be stored."""
    parts = parts_of(address)
    key = _path(parts.path) + _query(parts.query)
    return key if _can_be_kept(key) else ""


def keys_to_try(path: str, query: str) -> list[str]:
    """Return the keys under which a requested URL may be stored, best match first."""
    whole, asked = _path(path), _query(query)
    tried = [whole + asked] if asked else []
    tried += [whole, *_shorter(whole), _SIZED.sub("", whole)]
    return [key for key in dict.fromkeys(tried) if key and _can_be_kept(key)]


def base_of(site: str) -> str:
    """Return the path of the old blog without slashes; empty for the root of its host."""
    return site.partition("/")[2].lower()


def keys_of_number(site: str, link: str, wp_id: int) -> list[str]:
    """Return the keys of a post or file: its permalink and its number."""
    keys = (key_of(link), f"{base_of(site)}?p={wp_id}")
    return [key for key in dict.fromkeys(keys) if key and key != base_of(site)]


def asks_by_number(query: str) -> bool:
    """Return whether a query string on the front page requests a page of the old blog, as in /?p=12."""
    return bool(_query(query))


def host_of(address: str) -> str:
    """Return the host of a URL in lowercase ASCII, without www. and port; empty if it has none."""
    host = parts_of(address).hostname or ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return host.removeprefix("www.")


def without_photon(address: str) -> str:
    """Return the original URL of an image that WordPress.com's image proxy (Photon) serves."""
    if host_of(address) in PHOTON_HOSTS:
        return "https://" + parts_of(address).path.lstrip("/")
    return address


def site_of(address: str) -> str:
    """Return the identity of an old blog: its host and base path."""
    return f"{host_of(address)}/{_path(parts_of(address).path)}".rstrip("/")[:200]


def original_names(path: str) -> list[str]:
    """Return the possible paths of the uploaded original of an image, largest first: WordPress and Ghost link to resized copies."""
    full = _SIZED.sub("", _GHOST_SIZE.sub("/", path))
    bare = _SCALED.sub("", full)
    stem, dot, ending = full.rpartition(".")
    return list(dict.fromkeys([bare, full, f"{stem}-scaled{dot}{ending}", path]))


def original_key(address: str) -> str:
    """Return the key of an image's original, whichever size the URL names; empty if it is no image."""
    path = unquote(parts_of(address).path)
    return key_of(original_names(path)[0]) if path.lower().endswith(IMAGE_EXTENSIONS) else ""


def is_document(address: str) -> bool:
    """Return whether a URL is that of a document."""
    return parts_of(address).path.lower().endswith(DOCUMENT_EXTENSIONS)


def web_address(text: object) -> str:
    """Return the text if it is a valid HTTP(S) URL, else an empty string."""
    address = str(text or "")[:MAX_KEY]
    try:
        _is_web_address(address)
    except ValidationError:
        return ""
    return address


def parts_of(address: str) -> SplitResult:
    """Split a URL with urlsplit; an invalid one gives empty parts."""
    try:
        parts = urlsplit(address.strip())
        parts.hostname  # noqa: B018 - a broken one raises here
    except ValueError:
        return urlsplit("")
    return parts


def _can_be_kept(key: str) -> bool:
    """Return whether the database can store the key: not too long and without NUL characters."""
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
