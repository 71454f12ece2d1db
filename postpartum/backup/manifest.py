"""The manifest of a backup: format, time, state of the tables, size and digest of each part. Pure."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from postpartum.backup.errors import BackupError

FORMAT = 1
DATABASE, UPLOADS, MANIFEST = "database.dump", "uploads.tar", "manifest.json"


@dataclass(frozen=True)
class Part:
    """Size in bytes and SHA-256 of a part."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`migrations` maps each app to its newest, `tables` lists all names, `parts` maps the two names to their Part.

    `rows` is {table: number of rows} and `files` {path of an upload: SHA-256}; empty in backups from before they were noted.
    """

    made_at: datetime
    migrations: dict[str, str]
    tables: list[str]
    parts: dict[str, Part]
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """Return the manifest as JSON."""
        values = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(values, indent=1, sort_keys=True)


def read_manifest(text: str | bytes) -> Manifest:
    """Parse a manifest. Raise BackupError where it is malformed or of an unknown format."""
    try:
        values = json.loads(text)
        found = values["format"]
        if found == FORMAT:
            parts = {name: Part(**values["parts"][name]) for name in (DATABASE, UPLOADS)}
            made_at = datetime.fromisoformat(values["made_at"])
            noted = dict(values.get("rows", {})), dict(values.get("files", {}))
            return Manifest(made_at, dict(values["migrations"]), list(values["tables"]), parts, *noted)
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError("This is no backup of this site: what it says of itself cannot be read.") from error
    raise BackupError(
        f"This backup has the format {found}, and this version of the site knows {FORMAT} only."
    )


def newest(migrations: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return {app: name} of the newest migration of each app, from (app, name) pairs."""
    found: dict[str, str] = {}
    for app, name in migrations:
        found[app] = max(name, found.get(app, ""))
    return found


def unknown_migrations(manifest: Manifest, known: Collection[tuple[str, str]]) -> list[str]:
    """Return the manifest's migrations missing from `known` pairs (app, name): the backup is newer."""
    return sorted(f"{app} {name}" for app, name in manifest.migrations.items() if (app, name) not in known)
