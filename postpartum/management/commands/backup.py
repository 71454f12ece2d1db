"""Database and uploads into one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from postpartum.backup.errors import BackupError
from postpartum.backup.making import make_backup
from postpartum.models import BackupRun

KEYS = (
    "The keys are not in it. Keep FIELD_KEYS (of your environment, or of production.env) as well, and apart from it: "
    "without them nobody can read what is encrypted, and whoever has both can read all."
)


class Command(BaseCommand):
    """`manage.py backup FILE`, while the site runs."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to create."""
        parser.add_argument("file", type=Path, help="where to write; must not be there yet")
        parser.add_argument(
            "--encrypt-to",
            default="",
            metavar="KEY",
            help="encrypt it: a public key of age (age1… or ssh-…), or the name of a key that GnuPG knows",
        )

    def handle(self, *, file: Path, encrypt_to: str, verbosity: int, **options: Any) -> None:
        """Make the backup and print what else to keep. Raise CommandError."""
        try:
            made = make_backup(file, timezone.now(), encrypt_to)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database refuses: {error}") from error
        BackupRun.objects.create(made_at=timezone.now())
        if verbosity:
            size = filesizeformat(made.size).replace("\xa0", " ")
            files = f"and {made.uploads} uploaded files"
            if settings.S3_BUCKET:
                files = f"without the files in the bucket {settings.S3_BUCKET}, whose own versions are their backup"
            self.stdout.write(f"{file}: the database {files}, {size}.\n{KEYS}")
