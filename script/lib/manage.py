"""What script/manage runs: one of Django's commands, with the database up meanwhile."""

import sys

from django.core.management import execute_from_command_line

from postpartum.embedded_postgres import EmbeddedPostgresError
from script.lib import setting


def main():
    """Run the command of our arguments."""
    setting.enter()
    try:
        with setting.database():
            execute_from_command_line(["script/manage", *sys.argv[1:]])
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
