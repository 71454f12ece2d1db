"""The uploads as a tar, and their extraction into a folder that they cannot leave."""

import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from postpartum.backup.errors import BackupError

UNDER_WAY = ".restoring-"  # prefix of a restore's working folder; an interrupted one leaves it behind


def pack(folder: Path, target: Any) -> dict[str, str]:
    """Write every file under `folder` into `target` as a tar. Return {path: SHA-256}; skip what is deleted meanwhile."""
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=target, mode="w|") as tar:
        for path in _files(folder):
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue
            with file:
                member = tarfile.TarInfo(path.relative_to(folder).as_posix())
                member.size = os.fstat(file.fileno()).st_size
                tar.addfile(member, file)
                file.seek(0)
                hashes[member.name] = hashlib.file_digest(file, "sha256").hexdigest()
            tar.members.clear()  # type: ignore[attr-defined]  # or it would remember them all
    return hashes


def hashes_of(folder: Path) -> dict[str, str]:
    """Return {path: SHA-256} of every file under `folder`."""
    hashes = {}
    for path in _files(folder):
        with path.open("rb") as file:
            hashes[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes


def unpack(source: Any, folder: Path) -> int:
    """Extract the tar `source` into the new `folder`. Return the number of files; raise BackupError for irregular ones.

    Not by tarfile's own extraction: its filters came with Python 3.11.4 only, and we need nothing but plain files.
    """
    count = 0
    try:
        folder.mkdir()
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                path = folder / plain_name(member)
                path.parent.mkdir(parents=True, exist_ok=True)
                file = tar.extractfile(member)
                if file is None:  # nothing to read, which a regular file never has
                    raise BackupError(f"The uploads in this backup cannot be read: {member.name}.")
                with file, path.open("xb") as target:
                    shutil.copyfileobj(file, target)
                tar.members.clear()  # type: ignore[attr-defined]
                count += 1
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"The uploads in this backup cannot be read: {error}.") from error
    return count


def plain_name(member: tarfile.TarInfo) -> PurePosixPath:
    """Return the relative path of a regular file. Raise BackupError for other entries and paths that lead out."""
    path = PurePosixPath(member.name)
    if (
        not member.isreg()
        or path.is_absolute()
        or ".." in path.parts
        or not path.parts
        or "\0" in member.name
    ):
        raise BackupError(f"This backup holds “{member.name}” among the uploads, which we never write there.")
    return path


def prepare(root: Path) -> Path:
    """Create a working folder inside `root`, on the same file system, so that files need not be copied."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=UNDER_WAY, dir=root))


def move_into_place(root: Path, work: Path) -> None:
    """Replace the content of `root` by that of `work`/new. Raise BackupError with what to do where that fails."""
    new, old = work / "new", work / "old"
    try:
        old.mkdir()
        for path in list(root.iterdir()):
            if path != work:
                path.rename(old / path.name)
        for path in list(new.iterdir()):
            path.rename(root / path.name)
    except OSError as error:
        raise BackupError(
            f"The database is restored, but the uploads could not be moved: {error}. Move them by hand: those "
            f"of the backup are in {new}, those of before in {old}."
        ) from error
    shutil.rmtree(work)


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file under `folder`, following links. Raise OSError for what cannot be read."""
    if not folder.is_dir():
        return
    for place, folders, names in os.walk(folder, onerror=_raise_unless_deleted, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(UNDER_WAY))
        yield from (Path(place, name) for name in sorted(names))


def _raise_unless_deleted(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
