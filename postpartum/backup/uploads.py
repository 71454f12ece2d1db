"""The uploads as a tar, and out of it into a folder that they cannot leave. Knows folders only."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from postpartum.backup.errors import BackupError

UNDER_WAY = ".restoring-"  # how the folder begins in which a restore prepares; a killed one leaves it behind


def pack(folder, target):
    """Write every file under `folder` into `target` as a tar; how many. What is deleted meanwhile is left out."""
    count = 0
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
            tar.members.clear()  # or it would remember them all
            count += 1
    return count


def unpack(source, folder):
    """Read the tar `source` into the new `folder`; how many files. Raises BackupError at the first that is not plain.

    Not by tarfile's own extraction: its filters came with Python 3.11.4 only, and we need nothing but plain files.
    """
    count = 0
    try:
        folder.mkdir()
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                path = folder / plain_name(member)
                path.parent.mkdir(parents=True, exist_ok=True)
                with tar.extractfile(member) as file, path.open("xb") as target:
                    shutil.copyfileobj(file, target)
                tar.members.clear()
                count += 1
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"The uploads in this backup cannot be read: {error}.") from error
    return count


def plain_name(member):
    """The name of a plain file that stays below where it is put; BackupError for anything else."""
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


def prepare(root):
    """A folder for the work, inside `root` so that nothing need be copied again, even where `root` is a mount."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=UNDER_WAY, dir=root))


def take_place(root, work):
    """Move what is in `root` away and what is in `work`/new there, then delete what was moved away."""
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


def _files(folder):
    """Every file under `folder`, through links; what cannot be read is an error, not a gap."""
    if not folder.is_dir():
        return
    for place, folders, names in os.walk(folder, onerror=_give_up, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(UNDER_WAY))
        yield from (Path(place, name) for name in sorted(names))


def _give_up(error):
    if not isinstance(error, FileNotFoundError):
        raise error
