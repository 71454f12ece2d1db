"""Readers who read and write, and a member who looks at her day, as long as the proof lasts; each answer is noted."""

import http.client
import itertools
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from bench.faults.writers import TOKEN, NoRedirect

ARTICLE = re.compile(r'href="(/articles/[\w-]+/)"')


@dataclass
class Noted:
    """`answers`: (time, kind, status or 0, seconds); `taken`: the comments the site said it has."""

    answers: list[tuple[float, str, int, float]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def errors_between(self, begin: float, end: float) -> tuple[int, Counter[str], float]:
        """Return how many answers there were, the errors by kind and status, and the seconds from first to last of them."""
        inside = [one for one in self.answers if begin <= one[0] < end]
        bad = [one for one in inside if one[2] >= 500 or not one[2]]
        times = [when + seconds for when, _, _, seconds in bad]
        kinds = Counter(f"{kind} {status or 'none'}" for _, kind, status, _ in bad)
        return len(inside), kinds, max(times) - min(times) if times else 0.0

    def longest_between(self, begin: float, end: float) -> float:
        """Return the longest wait for an answer, in seconds."""
        return max((seconds for when, _, _, seconds in self.answers if begin <= when < end), default=0.0)


class Traffic:
    """`writers` and `members` in threads of their own, until `stop`."""

    def __init__(self, address: str, writers: int, members: int) -> None:
        self.address, self.noted = address, Noted()
        self._over, self._numbers = threading.Event(), itertools.count()
        self._threads = [
            *(threading.Thread(target=self._write, daemon=True) for _ in range(writers)),
            *(threading.Thread(target=self._look, daemon=True) for _ in range(members)),
        ]

    def start(self) -> None:
        """Begin."""
        self.articles = sorted(
            set(ARTICLE.findall(self._browser().open(self.address + "/articles/").read().decode()))
        )
        for thread in self._threads:
            thread.start()

    def _may_be_commented(self, article: str) -> bool:
        return bool(TOKEN.search(self._ask("read", self._browser(), f"{self.address}{article}comment/")[1]))

    def stop(self) -> None:
        """Have all finish what they are at."""
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def _browser(self) -> urllib.request.OpenerDirector:
        return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), NoRedirect)

    def _write(self) -> None:
        """Read an article and comment on it; send the same again until the site has it."""
        while not self._over.is_set():
            number = next(self._numbers)
            browser = self._browser()
            browser.addheaders = [
                ("X-Forwarded-For", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
            ]
            article = random.choice(self.articles)
            words = f"Comment number {number:05} of this round."
            while not self._over.is_set():
                status, page = self._ask("read", browser, f"{self.address}{article}comment/")
                token = TOKEN.search(page)
                if status == 200 and token:
                    said = {
                        "name": "Ana",
                        "email": "ana@example.org",
                        "body": words,
                        "csrfmiddlewaretoken": token[1],
                    }
                    status, _ = self._ask("write", browser, f"{self.address}{article}comment/", said)
                    if status == 302:
                        self.noted.taken.add(words)
                        break
                self._over.wait(0.5)
            self._over.wait(random.uniform(0.3, 1.2))

    def _look(self) -> None:
        """Sign in, and look at today's page again and again."""
        browser = self._browser()
        while not self._sign_in(browser) and not self._over.wait(1):
            pass
        while not self._over.wait(random.uniform(0.3, 1.2)):
            self._ask("own page", browser, f"{self.address}/today/")

    def _sign_in(self, browser: urllib.request.OpenerDirector) -> bool:
        address = f"{self.address}/accounts/login/"
        token = TOKEN.search(self._ask("sign in", browser, address)[1])
        said = {"login": "mother@example.org", "password": "demo-only-password"}
        if token is None:
            return False
        return self._ask("sign in", browser, address, said | {"csrfmiddlewaretoken": token[1]})[0] == 302

    def _ask(
        self,
        kind: str,
        browser: urllib.request.OpenerDirector,
        address: str,
        said: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        """Return status and page, and note them; 0 where there was no answer."""
        began, page = time.monotonic(), ""
        data = urllib.parse.urlencode(said).encode() if said else None
        try:
            with browser.open(address, data, timeout=30) as response:
                status, page = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status = error.code
        except (OSError, http.client.HTTPException):
            status = 0
        self.noted.answers.append((began, kind, status, time.monotonic() - began))
        return status, page


def seconds_until(true: Callable[[], bool], most: float) -> float:
    """Return the seconds until something is so, asked often; `most` where it never is."""
    began = time.monotonic()
    while time.monotonic() - began < most:
        if true():
            return time.monotonic() - began
        time.sleep(0.1)
    return most
