"""Readers who each write one comment at the same time, and send it again until the site says it has it."""

import http.client
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 180  # seconds


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where a form leads after it was taken is not asked for."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""
        return


@dataclass
class Told:
    """`taken`: the comments the site said it has; `statuses`: how often each answer came, 0 for none."""

    taken: set[str] = field(default_factory=set)
    statuses: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, status: int) -> None:
        """Count an answer."""
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1


def write_at_once(address: str, slug: str, how_many: int, told: Told) -> ThreadPoolExecutor:
    """Begin to write `how_many` comments at once; leaving the returned context waits for all of them."""
    crowd = ThreadPoolExecutor(how_many)
    for number in range(how_many):
        crowd.submit(_write, f"{address}/articles/{slug}/comment/", number, told)
    return crowd


def _write(form: str, number: int, told: Told) -> None:
    words, end = f"Comment number {number:05} of this round.", time.monotonic() + PATIENCE
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), NoRedirect)
    browser.addheaders = [("X-Forwarded-For", f"10.0.{number // 250}.{number % 250}")]
    while time.monotonic() < end:
        status = _try(browser, form, words)
        told.count(status)
        if status == 302:
            told.taken.add(words)
            return
        time.sleep(0.5)


def _try(browser: urllib.request.OpenerDirector, form: str, words: str) -> int:
    """Open the form and send it. Return the status; 0 where there was no answer."""
    try:
        page = browser.open(form, timeout=30).read().decode()
        token = TOKEN.search(page)
        said = {"name": "Ana", "email": "ana@example.org", "body": words}
        data = urllib.parse.urlencode(said | {"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        return browser.open(form, data, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return 0
