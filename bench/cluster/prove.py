"""`bench/failover`: hurts an installation of many servers under traffic, part by part, and counts what anybody noticed.

Exits with 1 where something acknowledged was lost, or anything was doubled.
"""

import argparse
import contextlib
import signal
import statistics
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg2

from bench.cluster.environment import prepare, sign_in_members
from bench.cluster.installation import Installation, an_installation
from bench.cluster.kept import compare, deliveries
from bench.cluster.parts import check_tools
from bench.cluster.traffic import Traffic, seconds_until
from bench.debian.versions import NEXT_EMAIL, make_next_version

DESK = "/admin/blog/comment/"
PENDING = """SELECT c.id, c.body, a.slug FROM blog_comment c JOIN blog_article a ON a.id = c.article_id
    WHERE c.status = 'pending' AND c.body LIKE 'Comment number %' LIMIT 1"""
APPROVED = 5  # each time
# Of the mails under way when the primary and a worker are killed: what falls between the mail server's reply and the
# commit is sent again, under the same Message-ID (postpartum/mail/sending.py).
MAY_DOUBLE = 2
REST = 4  # seconds between two faults
WRITE = "INSERT INTO proof SELECT md5(random()::text) FROM generate_series(1, 20000)"  # more than a page of its file


class Proof:
    """One run: its installation, its traffic, and the lines of its table."""

    def __init__(self, site: Installation, traffic: Traffic, following: Path) -> None:
        self.site, self.traffic, self.next = site, traffic, following
        self.begun: dict[str, float] = {}  # when each fault did, in seconds since the epoch

    def hurt(self, what: str, fault: Callable[[], str]) -> None:
        """Make one fault happen, wait a little, and print what it did to visitors."""
        began = time.monotonic()
        self.begun[what] = time.time()
        said = fault()
        time.sleep(REST)
        end = time.monotonic()
        noted = self.traffic.noted
        number, errors, span = noted.errors_between(began, end)
        longest = noted.longest_between(began, end)
        kinds = "".join(f"; {count} × {kind}" for kind, count in errors.items())
        print(
            f"| {what} | {number} | {errors.total()} | {span:.1f} | {longest:.1f} | {said}{kinds} |",
            flush=True,
        )

    def fault_at(self, moment: float) -> str:
        """Return the fault that had begun last by then."""
        return max((begun, what) for what, begun in self.begun.items() if begun <= moment)[1]

    def calm(self) -> str:
        """Nothing happens; but comments are approved at the desk."""
        time.sleep(REST)
        seen = [self.freshness() for _ in range(APPROVED)]
        return (
            f"{APPROVED} comments on both web servers {statistics.median(seen):.2f} s after their approval (median), "
            f"{max(seen):.2f} s at most"
        )

    def freshness(self) -> float:
        """Approve a comment; the seconds from the desk's answer until both web servers show it."""
        number, words, slug = self.site.ask(PENDING)[0]
        said = urllib.parse.urlencode({"action": "approve", "_selected_action": number}).encode()
        status, _page = self.traffic.ask("approval", self.traffic.therapist, DESK, said)
        if status != 302:
            raise SystemExit(f"The desk answers {status} to an approval.")
        return seconds_until(lambda: all(words in self._page(n, f"/articles/{slug}/") for n in (0, 1)), 15)

    def _page(self, number: int, path: str) -> str:
        host = self.site.address.removeprefix("http://")
        request = urllib.request.Request(self.site.web_address(number) + path, headers={"Host": host})
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(request, timeout=3).read().decode()
        return ""

    def kill_primary(self) -> str:
        """Kill the primary with its Patroni; another must take over."""
        number = self.site.primary()
        part = self.site.parts[f"database{number}"]
        part.kill()
        taken = seconds_until(self._can_write, 60)
        part.start()
        back = seconds_until(lambda: self.site.role_of(number) == "replica", 60)
        return f"new primary after {taken:.1f} s, the old one follows after {back:.1f} s"

    def _can_write(self) -> bool:
        with contextlib.suppress(psycopg2.Error):
            self.site.ask(WRITE)
            return True
        return False

    def kill(self, name: str, away: float) -> Callable[[], str]:
        """Kill -9 a part, and start it again after so many seconds."""

        def fault() -> str:
            self.site.parts[name].kill()
            time.sleep(away)
            self.site.parts[name].start()
            return f"away for {away:g} s"

        return fault

    def freeze(self, name: str, away: float) -> Callable[[], str]:
        """Have a part not answer (SIGSTOP) for so many seconds."""

        def fault() -> str:
            self.site.parts[name].signal(signal.SIGSTOP)
            time.sleep(away)
            self.site.parts[name].signal(signal.SIGCONT)
            return f"silent for {away:g} s"

        return fault

    def cut_replica(self) -> str:
        """Have the replica that commits wait for, and its Patroni, not answer."""
        number = next(n for n in range(3) if self.site.is_synchronous(n))
        return self.freeze(f"database{number}", 12)() + ", the one that commits wait for"

    def fill_disk(self) -> str:
        """Fill the disk of the primary."""
        number = self.site.primary()
        file = self.site.disk_of(number) / "full"
        with contextlib.suppress(OSError), file.open("wb", buffering=0) as target:
            while True:
                target.write(bytes(2**20))
        refused = seconds_until(lambda: not self._can_write(), 8)
        taken = seconds_until(self._can_write, 15)
        file.unlink()
        again = seconds_until(self._can_write, 60)
        return f"a megabyte refused after {refused:.1f} s and for {taken:.1f} s, taken {again:.1f} s after room came"

    def roll(self) -> str:
        """Migrate to the next version under traffic, then exchange web servers and workers one after the other."""
        began = time.monotonic()
        prepare(self.site.folder, self.site.ports, self.next)
        took = time.monotonic() - began
        for name in ("web0", "web1", "worker0", "worker1"):
            self._exchange(name)
        if seconds_until(self._next_serves, 30) >= 30:
            raise SystemExit("The next version does not serve.")
        return (
            f"migrated in {took:.1f} s; web servers and workers exchanged one by one, the next version serves"
        )

    def _next_serves(self) -> bool:
        return all(NEXT_EMAIL in self._page(n, "/accounts/login/") for n in (0, 1))

    def _exchange(self, name: str) -> None:
        """End a part and start it in the next version; HAProxy sends no more visitors to a web server before."""
        part, is_web = self.site.parts[name], name.startswith("web")
        if is_web:
            self.site.tell_haproxy(f"set server web/{name} state drain")
            time.sleep(1)
        part.end()
        part.version = self.next
        part.start()
        seconds_until(lambda: all(self._page(n, "/robots.txt") for n in (0, 1)), 30)
        if is_web:
            self.site.tell_haproxy(f"set server web/{name} state ready")
        time.sleep(1)


def main() -> None:
    """Run the proof once, and print its table."""
    parser = argparse.ArgumentParser(prog="bench/failover", description=__doc__)
    parser.add_argument("--writers", type=int, default=8, metavar="N", help="readers who comment (8)")
    parser.add_argument("--members", type=int, default=500, metavar="N", help="members who come by (500)")
    parser.add_argument("--at-once", type=int, default=6, metavar="N", help="of them at a time (6)")
    asked = parser.parse_args()
    check_tools()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and so cleaned up
    with an_installation() as site:
        found = prove(site, asked)
    print(", ".join(f"{what} {number}" for what, number in found.items()))
    many = found["mails doubled"] > MAY_DOUBLE
    sys.exit(bool(found["lost"] or found["doubled"] or many or found["mails not sent"]))


def prove(site: Installation, asked: argparse.Namespace) -> dict[str, int]:
    """Hurt one part after the other and print what it did. Return what was kept."""
    following = site.folder / "next"
    make_next_version(following)
    cookies = sign_in_members(site.folder, site.ports, asked.members)
    traffic = Traffic(site.address, asked.writers, cookies["members"], asked.at_once, cookies["therapist"])
    traffic.start()
    proof = Proof(site, traffic, following)
    print("| fault | answers | errors | for s | longest s | |\n|---|---|---|---|---|---|", flush=True)
    time.sleep(REST)
    for what, fault in {
        "none": proof.calm,
        "primary killed": proof.kill_primary,
        "web server killed": proof.kill("web0", 4),
        "worker killed": proof.kill("worker0", 2),
        "cache killed": proof.kill("cache", 4),
        "file store killed": proof.kill("store", 4),
        "replica cut off": proof.cut_replica,
        "disk of the primary full": proof.fill_disk,
        "rolling update": proof.roll,
        "none, afterwards": proof.calm,
    }.items():
        proof.hurt(what, fault)
    traffic.stop()
    for times in deliveries(site).values():
        for again in sorted(times)[1:]:
            print(f"A mail came a second time after: {proof.fault_at(again)}", flush=True)
    return compare(site, traffic.noted.taken)


if __name__ == "__main__":
    main()
