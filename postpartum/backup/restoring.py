"""Restoring a backup: verified first, then all or nothing."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from postpartum.backup import database, uploads
from postpartum.backup.archive import checked
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, UPLOADS, Manifest, newest, unknown_migrations


@dataclass(frozen=True)
class Restored:
    """What was restored, and whether `migrate` must follow."""

    made_at: datetime
    uploads: int
    is_behind: bool


def restore_backup(path: Path, *, replace: bool) -> Restored:
    """Restore database and uploads from the file `path`. Raise BackupError.

    The uploads are unpacked aside, the database is restored in one transaction, then the uploads are moved into place:
    a failure before that changes nothing.
    """
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    root = Path(settings.MEDIA_ROOT).resolve()
    with checked(path) as (packed, manifest):
        known = database.known_migrations()
        _refuse_newer(manifest, known)
        _refuse_unfit_database(manifest, replace)
        work = uploads.prepare(root)
        try:
            with packed.open(UPLOADS) as part:
                count = uploads.unpack(part, work / "new")
            with packed.open(DATABASE) as part:
                database.load(part)
        except BaseException:
            shutil.rmtree(work)
            raise
        if settings.S3_BUCKET:
            shutil.rmtree(work)  # the bucket stays as it is
        else:
            uploads.move_into_place(root, work)
    return Restored(manifest.made_at, count, manifest.migrations != newest(known))


def _refuse_newer(manifest: Manifest, known: Collection[tuple[str, str]]) -> None:
    if unknown := unknown_migrations(manifest, known):
        raise BackupError(
            f"This backup comes from a newer version of the site ({', '.join(unknown)}). "
            f"Install that version, then restore."
        )


def _refuse_unfit_database(manifest: Manifest, replace: bool) -> None:
    if not replace and database.has_people():
        raise BackupError(
            "There are people in this database. Restoring deletes all of it, and all uploads, for what the "
            "backup holds. Make a backup of it first; then add --replace if you mean it."
        )
    if others := database.others_connected():
        raise BackupError(f"The database is in use ({others} connected). Stop server and worker first.")
    if left_over := sorted(set(database.tables()) - set(manifest.tables)):
        raise BackupError(
            f"The database holds tables that this backup does not know ({', '.join(left_over)}): it is newer. "
            f"Restore into an empty database instead."
        )
