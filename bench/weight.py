"""What a page weighs on its way: itself, and everything a first visit fetches with it."""

import gzip
import http.client
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class _Parts(HTMLParser):
    """Collects what a browser fetches with a page: sheets, scripts, pictures, icons."""

    FETCHED_LINKS = {"stylesheet", "icon", "manifest", "modulepreload", "preload"}

    def __init__(self):
        super().__init__()
        self.addresses, self.tags = [], 0

    def handle_starttag(self, tag, attributes):
        self.tags += 1
        given = dict(attributes)
        if tag in ("script", "img") and given.get("src"):
            self.addresses.append(given["src"])
        if tag == "link" and self.FETCHED_LINKS & set((given.get("rel") or "").split()):
            self.addresses.append(given["href"])


def weigh(port, path, cookie=""):
    """(bytes of the page, bytes of a first visit, requests of a first visit), as sent, compressed."""
    own, html = _fetch(port, path, cookie)
    parts = _Parts()
    parts.feed(html.decode(errors="replace"))
    fetched = {urljoin(path, address) for address in parts.addresses if not address.startswith("data:")}
    sizes = [_fetch(port, urlsplit(address).path, "")[0] for address in fetched]
    return own, own + sum(sizes), 1 + len(sizes)


def _fetch(port, path, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip", "Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    packed = response.headers.get("Content-Encoding") == "gzip"
    return len(body), gzip.decompress(body) if packed else body
