"""The file itself: a ZIP that stores its parts as they are, each written and read as a stream."""

import contextlib
import hashlib
import os
import tempfile
import zipfile

from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS, Part, read_manifest

CHUNK = 256 * 1024
LONGEST_MANIFEST = 1_000_000  # bytes


class Summed:
    """Passes on what is written, counting and summing it."""

    def __init__(self, target):
        self._target, self._size, self._digest = target, 0, hashlib.sha256()

    def write(self, chunk):
        """Write a chunk; its length."""
        self._size += len(chunk)
        self._digest.update(chunk)
        return self._target.write(chunk)

    def part(self):
        """What was written so far, as a Part."""
        return Part(self._size, self._digest.hexdigest())


class Nowhere:
    """Takes what is written and keeps none of it."""

    def write(self, chunk):
        """Drop a chunk."""


@contextlib.contextmanager
def new_file(path):
    """A file that takes the name `path` once it is whole, for its owner only; one that is there is never replaced."""
    _refuse_existing(path)
    number, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(number)
        _refuse_existing(path)
        os.rename(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def write_part(packed, name, write):
    """Add the part `name`, filled by `write(target)`; the Part it became."""
    with packed.open(name, "w", force_zip64=True) as entry:
        summed = Summed(entry)
        write(summed)
    return summed.part()


@contextlib.contextmanager
def checked(path):
    """The opened ZIP and its Manifest, once all of it was read and found whole; else BackupError."""
    try:
        packed = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BackupError(f"{path} is no backup, or not the whole of one.") from error
    with packed:
        yield packed, _check(packed)


def _check(packed):
    _check_entries(packed.infolist())
    try:
        with packed.open(MANIFEST) as entry:
            manifest = read_manifest(entry.read(LONGEST_MANIFEST))
        for name, part in manifest.parts.items():
            if _part_of(packed, name) != part:
                raise BackupError(
                    f"This backup is damaged: {name} is not what was written. Take another one."
                )
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise BackupError(f"This backup is damaged: {error}. Take another one.") from error
    return manifest


def _check_entries(entries):
    expected = sorted([DATABASE, UPLOADS, MANIFEST])
    stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
    if sorted(entry.filename for entry in entries) != expected or not stored:
        raise BackupError("This is no backup of this site: other things are in it.")


def _part_of(packed, name):
    summed = Summed(Nowhere())
    with packed.open(name) as entry:
        while chunk := entry.read(CHUNK):
            summed.write(chunk)
    return summed.part()


def _refuse_existing(path):
    if os.path.lexists(path):
        raise BackupError(f"{path} is there already, and is left as it is. Name another file.")
