"""What a backup says of itself: its format, when, the state of the tables, the sum of each part. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from postpartum.backup.errors import BackupError

FORMAT = 1
DATABASE, UPLOADS, MANIFEST = "database.dump", "uploads.tar", "manifest.json"


@dataclass(frozen=True)
class Part:
    """How long a part is, and the SHA-256 of it."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`migrations` names the newest of each app, `tables` all there were, `parts` the two by their names."""

    made_at: datetime
    migrations: dict
    tables: list
    parts: dict

    def as_text(self):
        """The manifest as it stands in the file."""
        values = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(values, indent=1, sort_keys=True)


def read_manifest(text):
    """The Manifest that `text` is. Raises BackupError where it is none, or of a format we do not know."""
    try:
        values = json.loads(text)
        found = values["format"]
        if found == FORMAT:
            parts = {name: Part(**values["parts"][name]) for name in (DATABASE, UPLOADS)}
            made_at = datetime.fromisoformat(values["made_at"])
            return Manifest(made_at, dict(values["migrations"]), list(values["tables"]), parts)
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError("This is no backup of this site: what it says of itself cannot be read.") from error
    raise BackupError(
        f"This backup has the format {found}, and this version of the site knows {FORMAT} only."
    )


def newest(migrations):
    """{app: name} of the newest of each app, from pairs (app, name)."""
    found = {}
    for app, name in migrations:
        found[app] = max(name, found.get(app, ""))
    return found


def unknown_migrations(manifest, known):
    """Those of the manifest that are not among the `known` pairs (app, name): the backup is newer than the code."""
    return sorted(f"{app} {name}" for app, name in manifest.migrations.items() if (app, name) not in known)
