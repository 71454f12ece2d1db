"""How the site of a data directory was last started, so that script/manage runs as part of that site."""

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from postpartum.embedded_postgres import make_data_dir
from script.lib import env_files, production

NAMES = ("DEBUG", "SITE_URL")


def state_file(data_dir: Path) -> Path:
    """Return the file that records the running or last start."""
    return data_dir / "site.env"


def apply_to_environment(data_dir: Path) -> None:
    """Set mode and address of the recorded start, where the environment does not.

    Secrets without a recorded start belong to a site that is about to be restored.
    """
    kept = env_files.read(state_file(data_dir))
    if not kept and production.secrets_file(data_dir).exists():
        kept = {"DEBUG": "0"}
    env_files.set_defaults(kept)


@contextlib.contextmanager
def recording(data_dir: Path) -> Iterator[None]:
    """Record for the length of the context how this server is started. Exit beside a server of the other mode.

    Each server holds a shared lock on the file, which the kernel releases even when the server is killed.
    """
    mine = {name: os.environ[name] for name in NAMES}
    make_data_dir(data_dir)
    with state_file(data_dir).open("a") as file:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(env_files.as_lines(mine))
            file.flush()
        fcntl.flock(file, fcntl.LOCK_SH)
        _refuse_other_mode(env_files.read(state_file(data_dir)), data_dir)
        yield


def _refuse_other_mode(running: dict[str, str], data_dir: Path) -> None:
    if running.get("DEBUG") != os.environ["DEBUG"]:
        sys.exit(
            f"A server of another kind, with or without --production, runs on {data_dir}. "
            f"Stop it first, or give this one a place of its own: DATA_DIR=/somewhere/else script/server"
        )
