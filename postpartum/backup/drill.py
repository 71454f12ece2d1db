"""A trial restore: a backup is restored beside the site, and compared with what was noted when it was made."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postpartum.backup import database, uploads
from postpartum.backup.archive import checked
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, UPLOADS


@dataclass(frozen=True)
class Drill:
    """What was restored and found to be as noted."""

    made_at: datetime
    tables: int
    rows: int
    files: int


def restore_for_trial(path: Path) -> Drill:
    """Restore `path` into a database and a folder of its own, which go again. The site stays as it is, and may run.

    Raise BackupError where the number of rows of a table, or the content of a file, is not what was noted.
    """
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    with checked(path) as (packed, manifest), tempfile.TemporaryDirectory() as folder:
        if not manifest.rows:
            raise BackupError("This backup is from before the numbers of rows were noted. Make a new one.")
        with packed.open(UPLOADS) as part:
            uploads.unpack(part, Path(folder, "new"))
        files = uploads.hashes_of(Path(folder, "new"))
        with database.trial_database() as trial, packed.open(DATABASE) as part:
            database.load(part, into=trial)
            rows = database.row_counts(trial)
    differing = _differences(rows, manifest.rows) + _differences(files, manifest.files)
    if differing:
        raise BackupError(f"Restored, this backup is not what was noted: {', '.join(differing[:20])}.")
    return Drill(manifest.made_at, len(rows), sum(rows.values()), len(files))


def _differences(found: dict[str, int] | dict[str, str], noted: dict[str, int] | dict[str, str]) -> list[str]:
    names = sorted(found.keys() | noted.keys())
    return [name for name in names if found.get(name) != noted.get(name)]
