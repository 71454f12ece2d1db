"""Earlier versions of the project, checked out, and what their sites hold."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.faults.site import ROOT, Site

EARLIER = ("62d7780", "ee187ec", "4a01507")  # handed out before there were releases
ROWS = Path(__file__).with_name("rows.py")
Rows = dict[str, dict[str, dict[str, str]]]


@contextlib.contextmanager
def version(commit: str, folder: Path) -> Iterator[Path]:
    """Check a commit out into the folder."""
    git = ("git", "-C", ROOT, "worktree")
    subprocess.run([*git, "add", "--quiet", "--detach", folder / "version", commit], check=True)
    try:
        yield folder / "version"
    finally:
        subprocess.run([*git, "remove", "--force", folder / "version"], check=True)


def read_rows(site: Site, **environment: str) -> Rows:
    """Return what a site holds, as its own version reads it."""
    return json.loads(site.run(site.root / ".venv/bin/python", "-", stdin=ROWS.read_text(), **environment))
