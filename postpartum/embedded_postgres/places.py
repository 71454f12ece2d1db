"""Where the embedded PostgreSQL keeps its socket and its data.

The difficulty is root: PostgreSQL refuses to run as root, so root starts it under an unprivileged account, which may
have no access to root's own directories. Existing permissions are never widened; what the account
must reach is put where it can.
"""

import os
import stat
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from postpartum.embedded_postgres import account
from postpartum.embedded_postgres.errors import EmbeddedPostgresError

# Root's fallback for programs and data. Unlike a temporary directory it is neither emptied at boot nor aged.
SHARED_HOME = Path("/var/lib/postpartum")

# Not TMPDIR: server and settings must agree on it, and a socket's path has at most 107 bytes.
SOCKET_HOME = Path("/tmp")  # noqa: S108 — the directory made in it is private and its owner is checked

DATABASE = "postpartum"


def socket_directory(data_dir: Path | str) -> Path:
    """Return the private directory of the socket that serves `data_dir`; it need not exist."""
    digest = sha256(str(Path(data_dir).resolve()).encode()).hexdigest()
    return SOCKET_HOME / f"postpartum-{digest[:12]}"


def connection(data_dir: Path | str) -> dict[str, Any]:
    """Return the entry of Django's DATABASES for the server of `data_dir`. No side effects."""
    return {
        "ENGINE": "postpartum.postgresql",
        "NAME": DATABASE,
        "USER": "postgres",
        "HOST": str(socket_directory(data_dir)),
    }


def make_directory(path: Path, mode: int, owner: account.Account | None = None) -> Path:
    """Create `path` with exactly `mode` (whatever the umask) and `owner`; leave an existing one as it is."""
    if path.is_dir():
        return path
    path.mkdir(parents=True)
    path.chmod(mode)
    if owner:
        os.chown(path, owner.uid, owner.gid)
    return path


def make_data_dir(data_dir: Path) -> Path:
    """Create the data directory: private, but traversable for root's unprivileged account."""
    return make_directory(data_dir, 0o711 if account.is_root() else 0o700)


def make_socket_directory(data_dir: Path, owner: account.Account | None) -> Path:
    """Create the socket's directory. Raise EmbeddedPostgresError for one that somebody else could have prepared."""
    path = make_directory(socket_directory(data_dir), 0o700, owner)
    found = path.lstat()
    expected = owner.uid if owner else os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != expected or stat.S_IMODE(found.st_mode) != 0o700:
        raise EmbeddedPostgresError(
            f"{path} should be a directory that only the database's own account can enter, but it belongs to "
            f"somebody else or is open. If no server uses it, remove it and start again."
        )
    return path


def cluster_directory(data_dir: Path, owner: account.Account | None) -> Path:
    """Return the cluster's directory: `data_dir`/postgres, or the target of that link.

    Where root's unprivileged account cannot reach it, a directory under SHARED_HOME is chosen once and linked, so
    the data is found again after a reboot and when the project's directory is moved.
    """
    path = data_dir / "postgres"
    if path.is_symlink() or path.exists():
        return path.resolve()
    if owner is None or account.can_enter(owner, data_dir):
        return path.resolve()
    make_directory(SHARED_HOME, 0o755)
    home = Path(tempfile.mkdtemp(prefix="data-", dir=SHARED_HOME))
    home.chmod(0o711)
    (home / "belongs-to").write_text(f"{data_dir}\n")
    path.symlink_to(home / "postgres")
    return home / "postgres"
