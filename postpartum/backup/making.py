"""Making a backup."""

import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from postpartum.backup import database, uploads
from postpartum.backup.archive import new_file, write_part
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS, Manifest, newest


@dataclass(frozen=True)
class Made:
    """Size in bytes of a new backup, and its number of uploads."""

    size: int
    uploads: int


def make_backup(path: Path, now: datetime) -> Made:
    """Write database and uploads to the new file `path`, which appears only once complete. Raise BackupError.

    The database comes first: an upload added meanwhile is superfluous, but no row lacks its upload.
    """
    root, count = Path(settings.MEDIA_ROOT).resolve(), 0
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    if path.resolve().is_relative_to(root):
        raise BackupError("A backup cannot lie among the uploads it holds. Name a file elsewhere.")

    def pack(target: Any) -> None:
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
