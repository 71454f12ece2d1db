"""Prepare database and static files for this version of the code, in one process: each would load Django anew."""

import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError

from postpartum import sealing


def main() -> None:
    """Prepare, or exit with a message. Idempotent."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
    try:
        django.setup()
        prepare()
        sealing.record()
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database refuses: {error}")


def prepare() -> None:
    """Run the commands a new machine needs; in development, seed the demo."""
    call_command("migrate", verbosity=0, interactive=False)
    BaseCommand().check(tags=["database"], databases=["default"])
    call_command("createcachetable", verbosity=0)
    call_command("loadprogram", verbosity=0)
    call_command("create_pages", verbosity=0)
    if settings.DEBUG:
        call_command("seed_demo", verbosity=0)
    else:
        call_command("collectstatic", verbosity=0, interactive=False)


if __name__ == "__main__":
    main()
