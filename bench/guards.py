"""`bench/guards`: takes each guard of guards.toml away once, in a copy of the project, and expects its test to fail.

Prints a line for each. Exits with 1 where a guard can go without its test noticing, or a test fails although nothing is
taken away, and with a message where a text to replace is not in its file exactly once.
"""

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from postpartum.embedded_postgres import Cluster, connection

ROOT = Path(__file__).resolve().parents[1]
GUARDS = ROOT / "bench" / "guards.toml"
ANY_TEST = "tests/common/test_limits.py"  # it makes the database
MADE, PRISTINE = "test_postpartum", "pristine"


@dataclass(frozen=True)
class Guard:
    """`old` in `file` is what guards; `new` stands there instead while `test`, a pytest node, is expected to fail."""

    name: str
    file: str
    old: str
    new: str
    test: str

    @contextlib.contextmanager
    def taken_away(self, root: Path) -> Iterator[None]:
        """Have the copy at `root` lack it."""
        path = root / self.file
        text = path.read_text()
        path.write_text(text.replace(self.old, self.new))
        try:
            yield
        finally:
            path.write_text(text)


class Copy:
    """A copy of the project with a database of its own, made once and the same for each run."""

    def __init__(self, folder: Path) -> None:
        self.root, self._data = folder / "project", folder / "data"
        self._place = connection(self._data)
        place = {"PGHOST": self._place["HOST"], "PGUSER": self._place["USER"]}
        self._environment = os.environ | place | {"DATABASE_URL": f"postgres:///{self._place['NAME']}"}

    @contextlib.contextmanager
    def ready(self) -> Iterator[None]:
        """Copy what git would commit, and make the database; nothing of it is left."""
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        for name in subprocess.run(
            listed, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split("\0"):
            if name and (ROOT / name).exists():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        cluster = Cluster(self._data, throw_away=True)
        cluster.start()
        try:
            self._pytest("--create-db", ANY_TEST)
            self._run_sql("DROP SCHEMA kept CASCADE", MADE)  # tests.stored_rows makes it once a run
            self._run_sql(f"ALTER DATABASE {MADE} RENAME TO {PRISTINE}")
            yield
        finally:
            cluster.remove()

    def failing(self, tests: Iterable[str], *options: str) -> set[str]:
        """Return which of these tests fail, as opposed to not being run. `options` are pytest's."""
        self._run_sql(f"DROP DATABASE IF EXISTS {MADE}")
        self._run_sql(f"CREATE DATABASE {MADE} TEMPLATE {PRISTINE}")
        said = self._pytest("-rf", *options, *tests).stdout
        return {
            test for test in tests if re.search(rf"^FAILED {re.escape(test)}(?=[ \n\[])", said, re.MULTILINE)
        }

    def _pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-B",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--reuse-db",
            *arguments,
        ]
        return subprocess.run(
            command, cwd=self.root, env=self._environment, stdout=subprocess.PIPE, text=True
        )

    def _run_sql(self, statement: str, name: str = "postgres") -> None:
        database = psycopg2.connect(dbname=name, user=self._place["USER"], host=self._place["HOST"])
        with contextlib.closing(database):
            database.autocommit = True
            database.cursor().execute(statement)


def read_guards(path: Path = GUARDS) -> list[Guard]:
    """Return the guards, each of whose texts is in its file exactly once. Raise SystemExit naming those that are not."""
    guards = [Guard(name, **fields) for name, fields in tomllib.loads(path.read_text()).items()]
    moved = [f"{one.name}: {one.file}" for one in guards if (ROOT / one.file).read_text().count(one.old) != 1]
    if moved:
        sys.exit("Not there exactly once, so mend bench/guards.toml:\n" + "\n".join(moved))
    return guards


def main() -> None:
    """Try the guards whose name has the given text in it, one after the other."""
    parser = argparse.ArgumentParser(prog="bench/guards", description=__doc__)
    parser.add_argument("--only", default="", help="guards whose name has this in it")
    parser.add_argument(
        "--check", action="store_true", help="look only whether each text is still in its file"
    )
    asked = parser.parse_args()
    guards = [one for one in read_guards() if asked.only in one.name]
    if asked.check:
        return
    with tempfile.TemporaryDirectory(prefix="tend-guards-") as folder:
        Path(folder).chmod(0o711)  # root's database account must pass through
        copy = Copy(Path(folder))
        with copy.ready():
            failing_anyway = copy.failing(sorted({one.test for one in guards}))
            noticed = sum(_is_noticed(one, copy, failing_anyway) for one in guards)
    print(f"{len(guards)} guards, {noticed} noticed")
    sys.exit(noticed < len(guards))


def _is_noticed(guard: Guard, copy: Copy, failing_anyway: set[str]) -> bool:
    """Print whether the test passes with the guard and fails without. Return it."""
    is_noticed, word = False, "fails anyway"
    if guard.test not in failing_anyway:
        with guard.taken_away(copy.root):
            is_noticed = bool(copy.failing([guard.test], "--exitfirst"))
        word = "failed" if is_noticed else "NOT NOTICED"
    print(f"{guard.name:52} {word:12} {guard.test}", flush=True)
    return is_noticed


if __name__ == "__main__":
    main()
