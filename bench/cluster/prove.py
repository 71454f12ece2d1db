"""`bench/failover`: hurts an installation of many servers under traffic, part by part, and counts what anybody noticed.

Exits with 1 where something acknowledged was lost, or anything was doubled.
"""

import argparse
import contextlib
import signal
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable

import psycopg2

from bench.cluster.installation import Installation, an_installation
from bench.cluster.parts import check_tools
from bench.cluster.traffic import Traffic, seconds_until

REST = 4  # seconds between two faults
WRITE = "INSERT INTO proof SELECT md5(random()::text) FROM generate_series(1, 20000)"  # more than a page of its file


class Proof:
    """One run: its installation, its traffic, and the lines of its table."""

    def __init__(self, site: Installation, traffic: Traffic) -> None:
        self.site, self.traffic = site, traffic

    def hurt(self, what: str, fault: Callable[[], str]) -> None:
        """Make one fault happen, wait a little, and print what it did to visitors."""
        began = time.monotonic()
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

    def calm(self) -> str:
        """Nothing happens."""
        time.sleep(REST)
        return f"fresh on both web servers after {self.freshness():.2f} s"

    def freshness(self) -> float:
        """Change an article in the database; the seconds until both web servers show it."""
        slug = self.traffic.articles[0].split("/")[2]
        title = f"Changed at {time.monotonic():.3f}"
        self.site.ask(f"UPDATE blog_article SET title = '{title}' WHERE slug = '{slug}'")
        return seconds_until(lambda: all(title in self._page(n, f"/articles/{slug}/") for n in (0, 1)), 15)

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
        """Have a replica and its Patroni not answer."""
        number = next(n for n in range(3) if self.site.role_of(n) == "replica")
        return self.freeze(f"database{number}", 12)()

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
        """Migrate under traffic, then exchange web servers and workers one after the other."""
        self.site.ask("SET lock_timeout = '1s'; ALTER TABLE blog_comment ADD COLUMN proof text")
        for name in ("web0", "web1", "worker0", "worker1"):
            self.site.parts[name].end()
            self.site.parts[name].start()
            seconds_until(
                lambda: self._page(0, "/robots.txt") != "" and self._page(1, "/robots.txt") != "", 20
            )
            time.sleep(1.5)
        return "a column added, four processes exchanged"

    def kept(self) -> dict[str, int]:
        """Compare what the site said it has with what is there, and the mails with their causes."""
        bodies = self.site.ask("SELECT body FROM blog_comment WHERE body LIKE 'Comment number %'", 20)
        rows = Counter(body for (body,) in bodies)
        seconds_until(lambda: not self.site.ask("SELECT FROM postpartum_mail WHERE state = 'waiting'"), 30)
        folder = self.site.folder / "mail"
        mails = Counter(
            line
            for path in (folder.iterdir() if folder.exists() else ())
            for line in path.read_text(errors="replace").splitlines()
            if line.startswith("Message-ID:")
        )
        taken = self.traffic.noted.taken
        return {
            "acknowledged": len(taken),
            "lost": len(taken - rows.keys()),
            "doubled": sum(number > 1 for number in rows.values()),
            "mails": len(mails),
            "mails doubled": sum(number > 1 for number in mails.values()),
        }


def main() -> None:
    """Run the proof once, and print its table."""
    parser = argparse.ArgumentParser(prog="bench/failover", description=__doc__)
    parser.add_argument("--writers", type=int, default=8, metavar="N", help="readers who comment (8)")
    parser.add_argument(
        "--members", type=int, default=4, metavar="N", help="members who look at their day (4)"
    )
    asked = parser.parse_args()
    check_tools()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and so cleaned up
    with an_installation() as site:
        traffic = Traffic(site.address, asked.writers, asked.members)
        traffic.start()
        proof = Proof(site, traffic)
        print("| fault | answers | errors | for s | longest s | |\n|---|---|---|---|---|---|", flush=True)
        time.sleep(REST)
        proof.hurt("none", proof.calm)
        proof.hurt("primary killed", proof.kill_primary)
        proof.hurt("web server killed", proof.kill("web0", 4))
        proof.hurt("worker killed", proof.kill("worker0", 2))
        proof.hurt("cache killed", proof.kill("cache", 4))
        proof.hurt("file store silent", proof.freeze("store", 4))
        proof.hurt("replica cut off", proof.cut_replica)
        proof.hurt("disk of the primary full", proof.fill_disk)
        proof.hurt("rolling update", proof.roll)
        proof.hurt("none", proof.calm)
        traffic.stop()
        found = proof.kept()
    print(", ".join(f"{what} {number}" for what, number in found.items()))
    sys.exit(bool(found["lost"] or found["doubled"] or found["mails doubled"]))


if __name__ == "__main__":
    main()
