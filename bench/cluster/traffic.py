"""Readers, members and the therapist as long as the proof lasts: each answer is noted, and all that the site said it has."""

import http.client
import itertools
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from bench.faults.writers import TOKEN, NoRedirect
from bench.pages import CSRF_TOKEN, JSON, SESSION, session_log

ARTICLE = re.compile(r'href="(/articles/[\w-]+/)"')
FILE = re.compile(r'href="(/articles/files/[^"]+)"')
DOCUMENTS = "/admin/blog/document/"
LOGS = 0.3  # of the visits of members, which end with a session; in the others she looks at her day
BOUNDARY = "of-the-proof"

Browser = urllib.request.OpenerDirector


@dataclass
class Noted:
    """`answers`: (time, kind, status or 0, seconds); `taken`: {"comments", "sessions", "files": what the site said it has}."""

    answers: list[tuple[float, str, int, float]] = field(default_factory=list)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def errors_between(self, begin: float, end: float) -> tuple[int, Counter[str], float]:
        """Return how many answers there were, the errors by kind and status, and the seconds from first to last of them.

        An answer belongs to when it was asked for.
        """
        inside = [one for one in self.answers if begin <= one[0] < end]
        bad = [one for one in inside if one[2] >= 400 or not one[2]]
        times = [when + seconds for when, _, _, seconds in bad]
        kinds = Counter(f"{kind} {status or 'none'}" for _, kind, status, _ in bad)
        return len(inside), kinds, max(times) - min(times) if times else 0.0

    def longest_between(self, begin: float, end: float) -> float:
        """Return the longest wait for an answer, in seconds."""
        return max((seconds for when, _, _, seconds in self.answers if begin <= when < end), default=0.0)


class Traffic:
    """`writers` comment, the members in `cookies` come, `at_once` of them at a time, and the therapist uploads files."""

    def __init__(self, address: str, writers: int, cookies: list[str], at_once: int, therapist: str) -> None:
        self.address, self.noted = address, Noted()
        self._over, self._numbers = threading.Event(), itertools.count()
        self._members = [self._browser(f"172.16.{n >> 8}.{n & 255}", one) for n, one in enumerate(cookies)]
        self.therapist = self._browser("172.17.0.1", therapist)
        loops = [self._comment] * writers + [self._practise] * at_once + [self._upload]
        self._threads = [threading.Thread(target=self._repeat, args=(loop,), daemon=True) for loop in loops]

    def start(self) -> None:
        """Find the articles that take comments, and begin."""
        listed = self.ask("read", self._browser("172.17.0.2"), "/articles/")[1]
        self.articles = sorted(filter(self._takes_comments, set(ARTICLE.findall(listed))))
        self.noted.answers.clear()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Have all finish what they are at."""
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def ask(
        self,
        kind: str,
        browser: Browser,
        path: str,
        body: bytes | None = None,
        form: str = "",
        method: str = "",
    ) -> tuple[int, str]:
        """Return status and page, and note them; 0 where there was no answer."""
        began, page = time.monotonic(), ""
        headers = {"Content-Type": form} if form else {}
        request = urllib.request.Request(self.address + path, body, headers, method=method or None)
        try:
            with browser.open(request, timeout=30) as response:
                status, page = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status = error.code
        except (OSError, http.client.HTTPException):
            status = 0
        self.noted.answers.append((began, kind, status, time.monotonic() - began))
        return status, page

    def _browser(self, network: str, cookies: str = "") -> Browser:
        """Return a browser in a network of its own, by which limits count; its cookies are beside those that it is sent."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), NoRedirect)
        browser.addheaders = [("X-Forwarded-For", network)]
        if cookies:
            browser.add_handler(OwnCookies(cookies))
            browser.addheaders.append(("X-CSRFToken", CSRF_TOKEN))
        return browser

    def _takes_comments(self, article: str) -> bool:
        return bool(TOKEN.search(self.ask("read", self._browser("172.17.0.3"), f"{article}comment/")[1]))

    def _repeat(self, loop: Callable[[], None]) -> None:
        while not self._over.wait(random.uniform(0.3, 1.2)):
            loop()

    def _until_taken(self, what: str, name: str, send: Callable[[], int]) -> None:
        """Send the same again until the site has it."""
        while not self._over.is_set():
            if 200 <= send() < 400:
                self.noted.taken[what].add(name)
                return
            self._over.wait(0.5)

    def _comment(self) -> None:
        """Open the form under an article, and comment."""
        number = next(self._numbers)
        browser = self._browser(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        path = f"{random.choice(self.articles)}comment/"
        words = f"Comment number {number:05} of this round."
        self._until_taken("comments", words, lambda: self._send_comment(browser, path, words))

    def _send_comment(self, browser: Browser, path: str, words: str) -> int:
        status, page = self.ask("read", browser, path)
        token = TOKEN.search(page)
        if status != 200 or not token:
            return status if status >= 400 else 0
        said = {"name": "Ana", "email": "ana@example.org", "body": words, "csrfmiddlewaretoken": token[1]}
        status, _ = self.ask("comment", browser, path, urllib.parse.urlencode(said).encode())
        return status if status == 302 else 0

    def _practise(self) -> None:
        """Let a member look at her day, or log a session."""
        browser = random.choice(self._members)
        if random.random() > LOGS:
            self.ask("own page", browser, "/today/")
            return
        body = session_log(next(self._numbers))
        name = re.search(rb'"id": "([^"]+)"', body)[1].decode()
        path = f"/sessions/{SESSION}/log/"
        self._until_taken("sessions", name, lambda: self.ask("session", browser, path, body, JSON, "PUT")[0])

    def _upload(self) -> None:
        """Upload a document, and download the newest."""
        name = f"{uuid.uuid4()}.pdf"
        self._until_taken("files", name, lambda: self._send_file(name))
        listed = FILE.search(self.ask("desk", self.therapist, DOCUMENTS)[1])
        if listed:
            self.ask("file", self.therapist, listed[1])

    def _send_file(self, name: str) -> int:
        head = (
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf'
        )
        body = f"--{BOUNDARY}\r\n{head}\r\n\r\n{content_of(name)}\r\n--{BOUNDARY}--\r\n".encode()
        form = f"multipart/form-data; boundary={BOUNDARY}"
        status, _ = self.ask("upload", self.therapist, f"{DOCUMENTS}add/", body, form)
        return status if status == 302 else 0


class OwnCookies(urllib.request.BaseHandler):
    """Adds cookies to those of the jar."""

    handler_order = 900  # after the jar's

    def __init__(self, cookies: str) -> None:
        self._cookies = cookies

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Add them."""
        sent = request.get_header("Cookie", "")
        request.add_unredirected_header("Cookie", "; ".join(filter(None, (self._cookies, sent))))
        return request


def content_of(name: str) -> str:
    """Return what stands in the document of that name."""
    return f"%PDF-1.4\n{name}\n" * 500


def seconds_until(true: Callable[[], bool], most: float) -> float:
    """Return the seconds until something is so, asked often; `most` where it never is."""
    began = time.monotonic()
    while time.monotonic() - began < most:
        if true():
            return time.monotonic() - began
        time.sleep(0.1)
    return most
