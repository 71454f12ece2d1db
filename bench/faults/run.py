"""`bench/fault NAME`: makes a fault happen to a site of its own, under load, and counts. Exits with 1 where something was
lost, doubled, or not as promised."""

import argparse
import contextlib
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg2

from bench.faults.clock import set_back_and_forth
from bench.faults.kept import kept
from bench.faults.migrating import interrupted
from bench.faults.site import Site, a_site
from bench.faults.slow import slow_connections
from bench.faults.writers import Told, write_at_once
from postpartum.embedded_postgres import connection

Found = dict[str, object]
HELP = ("/safety/", "/robots.txt", "/healthz?live")
SOON = 2.0  # seconds within which a page says that it cannot be had


def killed(part: str, writers: int) -> Found:
    """Kill -9 a part while so many write; start again what does not by itself. Lost and doubled must be 0."""
    with a_site() as site:
        told, slug = Told(), str(site.ask("SELECT slug FROM blog_article WHERE slug = 'cesarean-scar'")[0][0])
        with write_at_once(site.address, slug, writers, told):
            time.sleep(2)
            count = site.kill(part)
            if part in ("postgres", "all"):
                site.stop() if part == "postgres" else None
                site.start()
        return {"killed": count, **kept(site, told), "answers": told.statuses, "asked": writers}


def locked(_: str, visitors: int) -> Found:
    """Somebody locks a table; so many want its page. All must be told within SOON, and help stay open."""
    with a_site() as site, ThreadPoolExecutor(visitors) as crowd:
        _connect_threads(site, crowd)
        place = connection(site.data_dir)
        locking = psycopg2.connect(dbname=place["NAME"], user=place["USER"], host=place["HOST"])
        locking.cursor().execute("LOCK TABLE blog_article IN ACCESS EXCLUSIVE MODE")
        found = _besiege(site, crowd, visitors)
        locking.close()
        return found | _return_of(site)


def hung(_: str, visitors: int) -> Found:
    """The database stops answering (SIGSTOP) and goes on later. All must be told within SOON, and help stay open."""
    with a_site() as site, ThreadPoolExecutor(visitors) as crowd:
        _connect_threads(site, crowd)
        processes = site.processes("postgres")
        for one in processes:
            one.send_signal(signal.SIGSTOP)
        try:
            found = _besiege(site, crowd, visitors)
        finally:
            for one in processes:
                one.send_signal(signal.SIGCONT)
        return found | _return_of(site)


def _connect_threads(site: Site, crowd: ThreadPoolExecutor) -> None:
    """Have each thread of the site keep a connection, as after any minute of use."""
    list(crowd.map(lambda _: fetch(f"{site.address}/safety/"), range(20)))
    list(crowd.map(lambda number: fetch(f"{site.address}/articles/?page={number}"), range(40)))


def _besiege(site: Site, crowd: ThreadPoolExecutor, visitors: int) -> Found:
    """Have so many ask at once for pages that need the database, and somebody a second later for help."""
    pages = [crowd.submit(fetch, f"{site.address}/articles/?page={number}") for number in range(visitors)]
    time.sleep(1)
    helped = [fetch(site.address + address) for address in HELP]
    waited = sorted(one.result()[1] for one in pages)
    return {
        "pages": dict(Counter(one.result()[0] for one in pages)),
        "usual wait": round(waited[len(waited) // 2], 1),
        "longest wait": round(waited[-1], 1),
        "help": [(status, round(seconds, 2)) for status, seconds in helped],
        "lost": sum(status != 200 for status, _ in helped),
        "errors": sum(seconds > SOON for seconds in waited),
    }


def _return_of(site: Site) -> Found:
    """Wait until pages are served again, which must be within 10 seconds."""
    began = time.monotonic()
    while fetch(f"{site.address}/articles/?page=1")[0] != 200:
        time.sleep(0.2)
    seconds = time.monotonic() - began
    return {"back after": round(seconds, 1), "late": int(seconds > 10)}


def drained(_: str, writers: int) -> Found:
    """The web server is told to end (SIGTERM) while so many write. No request it has begun may fail with an error."""
    with a_site() as site:
        told, slug = Told(), str(site.ask("SELECT slug FROM blog_article WHERE slug = 'cesarean-scar'")[0][0])
        with write_at_once(site.address, slug, writers, told):
            time.sleep(2)
            stopping = threading.Thread(target=site.stop)
            stopping.start()
            stopping.join()
            site.start()
        errors = sum(number for status, number in told.statuses.items() if status >= 500)
        return {**kept(site, told), "answers": told.statuses, "errors": errors}


def full(_: str, writers: int) -> Found:
    """The disk is full for ten seconds while so many write. Nobody may get a 500, and all must be taken in the end."""
    with a_site(disk="600m") as site:
        told, slug = Told(), str(site.ask("SELECT slug FROM blog_article WHERE slug = 'cesarean-scar'")[0][0])
        filler = site.data_dir / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as target:
            while True:
                target.write(bytes(2**16))
        with write_at_once(site.address, slug, writers, told):
            time.sleep(10)
            helped = [fetch(site.address + address) for address in ("/safety/", "/robots.txt")]
            filler.unlink()
        errors = told.statuses.get(500, 0) + sum(status != 200 for status, _ in helped)
        return {**kept(site, told), "answers": told.statuses, "errors": errors}


def fetch(address: str) -> tuple[int, float]:
    """Return the status of a page, 0 for no answer, and the seconds it took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            response.read()
            return response.status, time.monotonic() - began
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - began
    except OSError:
        return 0, time.monotonic() - began


FAULTS: dict[str, tuple[Callable[[str, int], Found], str]] = {
    "web-killed": (killed, "web"),
    "worker-killed": (killed, "worker"),
    "database-killed": (killed, "postgres"),
    "all-killed": (killed, "all"),
    "table-locked": (locked, ""),
    "database-hung": (hung, ""),
    "web-stopped": (drained, ""),
    "disk-full": (full, ""),
    "migration": (interrupted, ""),
    "clock": (set_back_and_forth, ""),
    "slow-connections": (slow_connections, ""),
}
NOTHING = ("lost", "doubled", "mails doubled", "errors", "late", "not finished", "other schema")


def main() -> None:
    """Run the faults named, one after the other."""
    parser = argparse.ArgumentParser(prog="bench/fault", description=__doc__)
    parser.add_argument("fault", nargs="+", choices=[*FAULTS, "every"])
    parser.add_argument("--at-once", type=int, default=200, metavar="N", help="writers or visitors (200)")
    asked = parser.parse_args()
    bad = False
    for name in FAULTS if "every" in asked.fault else asked.fault:
        make, part = FAULTS[name]
        found = make(part, asked.at_once)
        bad |= any(found.get(one) for one in NOTHING)
        print(f"{name}: " + ", ".join(f"{what} {number}" for what, number in found.items()), flush=True)
    sys.exit(bad)


if __name__ == "__main__":
    main()
