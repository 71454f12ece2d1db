"""`bench/upgrade [COMMIT ...]`: have an earlier version make its demo's data, open it with this one, and compare.

Every value is read by both versions through their models, decrypted, and compared by table, row and column. Then this
version's pages are opened by following links, as a visitor, a member and the therapist, and every stored decision is
computed again. Exits with 1 where a row or value is gone or changed that must not be, or a page fails.
"""

import argparse
import contextlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.faults.site import Site
from bench.people import MEMBER, THERAPIST
from bench.upgrades.crawl import crawl
from bench.upgrades.versions import EARLIER, Rows, read_rows, version
from postpartum.embedded_postgres import Cluster
from script.lib import env_files

PEOPLE = {
    "visitor": ("", ["/"]),
    "member": (MEMBER, ["/today/", "/progress/", "/my-data/"]),
    "therapist": (THERAPIST, ["/admin/"]),
}
TABLES: dict[str, str] = {}  # former name: present name
COLUMNS = {"blog_article.finished": "rendered", "programs_sessionlog.counts": "counts_as_done"}
LOADED = "loaded anew from the content's files, unless the therapist has edited it"
CHANGED = {
    "programs_program": LOADED,
    "programs_exercise": LOADED,
    "programs_week": LOADED,
    "programs_session": LOADED,
    "programs_prescription": LOADED,
    "programs_country": LOADED,
    "programs_supportline": LOADED,
    "blog_article.search": "built anew with the present dictionary",
}


def prove(commit: str, in_production: bool) -> list[str]:
    """Make data with the version of a commit, and open it. Print the figures; return what is wrong."""
    keys = {"DEBUG": "0" if in_production else "1", "STAFF_SECOND_FACTOR": "0"}
    with tempfile.TemporaryDirectory(prefix="tend-upgrade-") as name, version(commit, Path(name)) as root:
        Path(name).chmod(0o711)
        earlier = Site(Path(name) / "data", root, **keys)
        with running(earlier, in_production):
            made = env_files.read(
                earlier.data_dir / "production.env"
            )  # which script/manage did not read at first
            earlier.manage("seed_demo", **made)
            before = read_rows(earlier, **made)
            earlier.stop()
        present = Site(earlier.data_dir, **keys)
        with running(present, in_production):
            wrong, counts = compare(before, read_rows(present))
            print(f"{commit}, {'production' if in_production else 'development'}: {counts}", flush=True)
            print(f"  {present.manage('check_decisions').strip()}")
            for who, (email, begin) in PEOPLE.items():
                statuses, failed = crawl(present.address, email, begin)
                print(f"  {who}: {statuses.total()} pages, {len(failed)} failed", flush=True)
                wrong += [f"{who}: {one}" for one in failed]
            wrong += [line for line in present.log.splitlines() if "Traceback" in line]
        Cluster(earlier.data_dir).remove()
    return wrong


@contextlib.contextmanager
def running(site: Site, in_production: bool) -> Iterator[None]:
    """A site that serves; none of its processes is left."""
    site.start(in_production=in_production)
    try:
        yield
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            site.kill("all")


def compare(before: Rows, after: Rows) -> tuple[list[str], str]:
    """Return what is gone or changed and must not be, and a line of counts."""
    wrong: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for table, old in before.items():
        new = after.get(TABLES.get(table, table), {})
        for key, values in old.items():
            counts["rows"] += 1
            counts["values"] += len(values)
            gone = {"its rows are gone"} if key not in new else set()
            for place in gone or _differing(table, values, new[key]):
                wrong[f"{table}.{place}" if not gone else f"{table}: {place}"] += 1
    told = [f"{place} ({number})" for place, number in wrong.items() if not _may_change(place)]
    return told, f"{counts['rows']} rows, {counts['values']} values, {len(told)} gone or changed"


def _differing(table: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    """Yield the columns whose values differ, or which are gone."""
    for column, value in old.items():
        if new.get(COLUMNS.get(f"{table}.{column}", column)) != value:
            yield column


def _may_change(place: str) -> bool:
    return re.split("[.:]", place)[0] in CHANGED or place in CHANGED


def main() -> None:
    """Run for the commits named, in development as in production."""
    parser = argparse.ArgumentParser(prog="bench/upgrade", description=__doc__)
    parser.add_argument("--production-only", action="store_true", help="leave development's data out")
    parser.add_argument("commit", nargs="*", default=EARLIER, help="%(default)s without")
    bad = False
    asked = parser.parse_args()
    for commit in asked.commit:
        for in_production in (True,) if asked.production_only else (True, False):
            if wrong := prove(commit, in_production):
                bad = True
                print("", *wrong, sep="\n  ! ", flush=True)
    sys.exit(bad)


if __name__ == "__main__":
    main()
