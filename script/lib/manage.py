"""Run a Django command as part of the site in the data directory, with its database running.

Mode, address and keys are those of the last start of the server.
"""

import contextlib
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from postpartum.embedded_postgres import EmbeddedPostgresError
from postpartum.sealing import refusal
from script.lib import last_start, setting

WITHOUT_DATABASE = {"check_rules", "figures", "help", "words"}


def main() -> None:
    """Run the command of our arguments, in the directory it is called from."""
    last_start.apply_to_environment(setting.data_dir())
    setting.enter()
    os.chdir(os.environ.pop("CALLED_FROM", setting.ROOT))
    needs_none = not WITHOUT_DATABASE.isdisjoint(sys.argv[1:2])
    try:
        with contextlib.nullcontext() if needs_none else setting.database():
            refuse_other_keys()
            execute_from_command_line(["script/manage", *sys.argv[1:]])
    except (EmbeddedPostgresError, ImproperlyConfigured) as error:
        sys.exit(str(error))


def refuse_other_keys() -> None:
    """Exit where the keys are not those of the data."""
    django.setup()
    if problem := refusal(" ".join(sys.argv[1:2])):
        sys.exit(problem)


if __name__ == "__main__":
    main()
