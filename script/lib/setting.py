"""The environment of everything the scripts start, and the database where DATABASE_URL names none."""

import contextlib
import os
from contextlib import AbstractContextManager
from pathlib import Path

from environ import Env

from postpartum.embedded_postgres import Cluster
from script.lib import production

ROOT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Return the directory of all data that outlives a run."""
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


def enter() -> None:
    """Change to the project's directory and set its settings and the data's keys. Existing variables win."""
    os.chdir(ROOT)
    os.umask(0o077)  # mails, pictures and secrets are nobody else's
    os.environ["DATA_DIR"] = str(data_dir())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
    os.environ.setdefault("DEBUG", "1")
    production.load_secrets(data_dir(), in_production=not Env().bool("DEBUG"))


def database() -> AbstractContextManager[object]:
    """Return a context that runs the embedded PostgreSQL, or does nothing where DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        return contextlib.nullcontext()
    return Cluster(data_dir()).running()
