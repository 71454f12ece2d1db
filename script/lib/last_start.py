"""How the site of a data directory was started, so that script/manage works as part of that site."""

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
    """The file that tells it; of the last start where nothing runs."""
    return data_dir / "site.env"


def apply_to_environment(data_dir: Path) -> None:
    """Put into the environment, where it sets none, the mode and the address of that start.

    Secrets without a start yet were put there for a site that is to be restored.
    """
    kept = env_files.read(state_file(data_dir))
    if not kept and production.secrets_file(data_dir).exists():
        kept = {"DEBUG": "0"}
    env_files.set_defaults(kept)


@contextlib.contextmanager
def recording(data_dir: Path) -> Iterator[None]:
    """Tell, while the context lasts, how this server is started. Beside one of the other mode the process ends in words.

    Each server holds a shared lock on the file, which the kernel drops even when the server is killed.
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
