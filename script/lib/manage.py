"""What script/manage runs: one of Django's commands, with the database up meanwhile if it needs one."""

import contextlib
import os
import sys

from django.core.management import execute_from_command_line

from postpartum.embedded_postgres import EmbeddedPostgresError
from script.lib import setting

WITHOUT_DATABASE = {"check_rules", "figures", "help"}


def main():
    """Run the command of our arguments, in the directory it is called from."""
    setting.enter()
    os.chdir(os.environ.pop("CALLED_FROM", setting.ROOT))
    needs_none = not WITHOUT_DATABASE.isdisjoint(sys.argv[1:2])
    try:
        with contextlib.nullcontext() if needs_none else setting.database():
            execute_from_command_line(["script/manage", *sys.argv[1:]])
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
