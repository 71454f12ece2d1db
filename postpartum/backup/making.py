"""Making a backup."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from postpartum.backup import database, uploads
from postpartum.backup.archive import new_file, write_part
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS, Manifest, newest


@dataclass(frozen=True)
class Made:
    """What a new backup holds."""

    size: int
    uploads: int


def make_backup(path, now):
    """Write database and uploads to the new file `path`, which is there only once it is whole. Returns Made.

    The database comes first: an upload that is added meanwhile is one too many, never one that a row misses.
    """
    root, count = Path(settings.MEDIA_ROOT).resolve(), 0
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    if path.resolve().is_relative_to(root):
        raise BackupError("A backup cannot lie among the uploads it holds. Name a file elsewhere.")

    def pack(target):
        nonlocal count
        count = uploads.pack(root, target)

    with new_file(path) as file, zipfile.ZipFile(file, "w") as packed:
        migrations, tables = newest(database.migrations()), database.tables()
        parts = {
            DATABASE: write_part(packed, DATABASE, database.dump),
            UPLOADS: write_part(packed, UPLOADS, pack),
        }
        packed.writestr(MANIFEST, Manifest(now, migrations, tables, parts).as_text())
    return Made(path.stat().st_size, count)
