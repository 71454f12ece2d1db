"""Making a backup."""

import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from postpartum.backup import database, uploads
from postpartum.backup.archive import new_file, refuse_existing, write_part
from postpartum.backup.encrypting import encrypt
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS, Manifest, newest


@dataclass(frozen=True)
class Made:
    """Size in bytes of a new backup, and its number of uploads."""

    size: int
    uploads: int


def make_backup(path: Path, now: datetime, recipient: str = "") -> Made:
    """Write database and uploads to the new file `path`, which appears only once complete. Raise BackupError.

    The database comes first: an upload added meanwhile is superfluous, but no row lacks its upload. With a `recipient`,
    `path` is encrypted for that key, and the plain file beside it is gone when this ends.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    if path.resolve().is_relative_to(root):
        raise BackupError("A backup cannot lie among the uploads it holds. Name a file elsewhere.")
    if not recipient:
        count = _write(path, root, now)
        return Made(path.stat().st_size, count)
    refuse_existing(path)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        plain, sealed = Path(folder, "plain"), Path(folder, "sealed")
        count = _write(plain, root, now)
        encrypt(plain, sealed, recipient)
        refuse_existing(path)
        sealed.rename(path)
    return Made(path.stat().st_size, count)


def _write(path: Path, root: Path, now: datetime) -> int:
    """Write the backup, and return its number of uploads."""
    files: dict[str, str] = {}
    with new_file(path) as file, zipfile.ZipFile(file, "w") as packed:
        migrations, tables = newest(database.migrations()), database.tables()
        with database.snapshot() as (snapshot, rows):
            dumped = write_part(packed, DATABASE, lambda target: database.dump(target, snapshot))
        packed_up = write_part(packed, UPLOADS, lambda target: files.update(_pack(root, target)))
        parts = {DATABASE: dumped, UPLOADS: packed_up}
        packed.writestr(MANIFEST, Manifest(now, migrations, tables, parts, rows, files).as_text())
    return len(files)


def _pack(root: Path, target: Any) -> dict[str, str]:
    """Write the uploads of this machine: none where they are in a bucket, which keeps its own versions."""
    return uploads.pack(root / "nothing" if settings.S3_BUCKET else root, target)
