"""Visitors of an installed site, through its web server and TLS: people of the smoke test, and a loop of requests."""

import contextlib
import threading
import time
from collections import Counter
from pathlib import Path

from requests import Session
from requests.adapters import HTTPAdapter

from bench.debian.machine import Machine
from tests.smoke.mailbox import Mailbox
from tests.smoke.site import KEPT_FOR
from tests.smoke.visitor import Visitor

ADDRESS = "https://localhost"
PAGES = ("/", "/articles/", "/articles/stairs/", "/safety/", "/exercises/", "/accounts/login/", "/healthz")
READERS = 3
PAUSE, COMMENT_PAUSE = (
    0.05,
    0.5,
)  # seconds; the loop is to meet each moment of an update, not to load the machine


class FromAddress(HTTPAdapter):
    """Connects from a loopback address of its own, as limits count by address."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: object, **options: object) -> None:
        """Bind each connection."""
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **options)


class Site:
    """The site on a machine, as the steps of the smoke test know one."""

    def __init__(self, machine: Machine, certificate: Path, said_by_install: str) -> None:
        self._certificate, self._said = certificate, said_by_install
        self.mails = Mailbox(machine.root / "var/lib/tend/mail", ADDRESS)
        self._machine = machine

    def shows(self, path, words):  # type: ignore[no-untyped-def]
        """Wait until a visitor reads these words: a kept page may be a second old."""
        end = time.monotonic() + KEPT_FOR
        while words not in self.visitor().open(path).words:
            if time.monotonic() > end:
                raise SystemExit(f"{path} does not say: {words}")
            time.sleep(0.2)

    def visitor(self, address: str = "") -> Visitor:
        """Return somebody new, whose browser trusts the trial's certificate only."""
        visitor = Visitor(ADDRESS)
        trust(visitor._browser.session, self._certificate, address)
        return visitor

    def owner_link(self) -> str:
        """Return the link that the installation printed."""
        return next(line.strip() for line in self._said.splitlines() if "/accounts/owner/" in line)

    def command(self, name: str, *arguments: str) -> str:
        """Run one of Django's commands as an operator does."""
        return self._machine.run("/opt/tend/current/deploy/manage", name, *arguments)


def trust(session: Session, certificate: Path, address: str = "") -> None:
    """Let a session trust the certificate, and connect from `address`."""
    session.trust_env = False
    session.verify = str(certificate)
    if address:
        session.mount("https://", FromAddress(address))


class Loop:
    """Readers and one commenter, for as long as the context lasts. Every answer but 200 counts as failed."""

    def __init__(self, site: Site, certificate: Path) -> None:
        self._site, self._certificate = site, certificate
        self._over = threading.Event()
        self.answers, self.longest, self.acknowledged, self.failures = Counter(), 0.0, [], []
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]
        self._threads.append(threading.Thread(target=self._comment))

    def __enter__(self) -> "Loop":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def told(self) -> str:
        """Return the figures in words."""
        asked = sum(self.answers.values())
        return (
            f"{asked} requests, {asked - self.answers[200]} failed, longest {self.longest:.2f} s; "
            f"{len(self.acknowledged)} comments acknowledged"
        )

    def _read(self, number: int) -> None:
        """Ask for one page after the other; the first reader keeps its connection, the others open new ones."""
        session = Session()
        trust(session, self._certificate, f"127.0.2.{number + 1}")
        if number:
            session.headers["Connection"] = "close"
        while not self._over.wait(PAUSE):
            for page in PAGES:
                began = time.monotonic()
                try:
                    self._count(session.get(ADDRESS + page, timeout=60).status_code, page)
                except OSError as error:
                    self._count(type(error).__name__, f"{page} to reader {number}: {error}")
                self.longest = max(self.longest, time.monotonic() - began)

    def _comment(self) -> None:
        number = 0
        while not self._over.wait(COMMENT_PAUSE):
            number += 1
            words = f"Comment number {time.time_ns()} of the loop"
            try:
                self._send(f"127.1.{number // 250}.{number % 250 + 1}", words)
            except (AssertionError, OSError) as error:
                self._count(type(error).__name__, f"a comment: {str(error)[:200]}")

    def _send(self, address: str, words: str) -> None:
        guest = self._site.visitor(address).open("/articles/stairs/comment/")
        guest.send({"name": "Rosa", "email": "rosa@example.net", "body": words})
        assert "waiting for approval" in guest.words, guest.words
        self.acknowledged.append(words)
        self._count(200, "")
        with contextlib.suppress(AttributeError):
            guest._browser.close()

    def _count(self, answer: object, where: str) -> None:
        self.answers[answer] += 1
        if answer != 200:
            self.failures.append(f"{time.strftime('%T')} {answer} {where}")
