"""The surroundings every script gives what it starts: the environment, and the database where none is named."""

import contextlib
import os
from pathlib import Path

from environ import Env

from postpartum.embedded_postgres import Cluster
from script.lib import production

ROOT = Path(__file__).resolve().parents[2]


def data_dir():
    """Where everything is kept between runs."""
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


def enter():
    """Be in the project's directory, with the project's settings and the data's keys; what is set already stays."""
    os.chdir(ROOT)
    os.umask(0o077)  # mails, pictures and secrets are nobody else's
    os.environ["DATA_DIR"] = str(data_dir())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
    os.environ.setdefault("DEBUG", "1")
    production.load_secrets(data_dir(), in_production=not Env().bool("DEBUG"))


def database():
    """The embedded PostgreSQL for as long as the context lasts, unless DATABASE_URL names another one."""
    if os.environ.get("DATABASE_URL"):
        return contextlib.nullcontext()
    return Cluster(data_dir()).running()
