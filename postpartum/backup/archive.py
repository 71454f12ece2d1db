"""The backup file: an uncompressed ZIP whose parts are written and read as streams."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from zipfile import ZipFile, ZipInfo

from postpartum.backup.encrypting import refuse_encrypted
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS, Manifest, Part, read_manifest

CHUNK = 256 * 1024
MAX_MANIFEST_BYTES = 100_000_000  # bytes; an upload has about 150


class Writable(Protocol):
    """The binary file of a part, or a NullWriter."""

    def write(self, chunk: bytes, /) -> int:
        """Write a chunk. Return its length."""
        raise NotImplementedError


class HashingWriter:
    """Passes on what is written and computes its size and SHA-256."""

    def __init__(self, target: Writable) -> None:
        self._target, self._size, self._digest = target, 0, hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        """Write a chunk. Return its length."""
        self._size += len(chunk)
        self._digest.update(chunk)
        return self._target.write(chunk)

    def part(self) -> Part:
        """Return size and digest of everything written so far."""
        return Part(self._size, self._digest.hexdigest())


class NullWriter:
    """Discards what is written."""

    def write(self, chunk: bytes) -> int:
        """Discard a chunk. Return its length."""
        return len(chunk)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a private file for a backup that is renamed to `path` once it is complete and has been read back.

    Raise BackupError where `path` exists, or what was written cannot be read.
    """
    refuse_existing(path)
    number, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "w+b") as file:
            yield file
            file.flush()
            os.fsync(number)
            _check_written(file)
        refuse_existing(path)
        os.rename(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _check_written(file: BinaryIO) -> None:
    """Read a backup back, from the disk where the system can be told so. Raise BackupError where it is not whole."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    file.seek(0)
    with zipfile.ZipFile(file) as packed:
        _check(packed)


def write_part(packed: ZipFile, name: str, write: Callable[[Any], object]) -> Part:
    """Add the part `name`, filled by `write(target)`. Return its size and digest."""
    with packed.open(name, "w", force_zip64=True) as entry:
        writer = HashingWriter(entry)
        write(writer)
    return writer.part()


@contextlib.contextmanager
def checked(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open the ZIP and yield it with its manifest after verifying every part. Raise BackupError."""
    refuse_encrypted(path)
    try:
        packed = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BackupError(f"{path} is no backup, or not the whole of one.") from error
    with packed:
        yield packed, _check(packed)


def _check(packed: ZipFile) -> Manifest:
    _check_entries(packed.infolist())
    try:
        with packed.open(MANIFEST) as entry:
            manifest = read_manifest(entry.read(MAX_MANIFEST_BYTES))
        for name, part in manifest.parts.items():
            if _part_of(packed, name) != part:
                raise BackupError(
                    f"This backup is damaged: {name} is not what was written. Take another one."
                )
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise BackupError(f"This backup is damaged: {error}. Take another one.") from error
    return manifest


def _check_entries(entries: list[ZipInfo]) -> None:
    expected = sorted([DATABASE, UPLOADS, MANIFEST])
    stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
    if sorted(entry.filename for entry in entries) != expected or not stored:
        raise BackupError("This is no backup of this site: other things are in it.")


def _part_of(packed: ZipFile, name: str) -> Part:
    writer = HashingWriter(NullWriter())
    with packed.open(name) as entry:
        while chunk := entry.read(CHUNK):
            writer.write(chunk)
    return writer.part()


def refuse_existing(path: Path) -> None:
    """Raise BackupError where there is something at `path`."""
    if os.path.lexists(path):
        raise BackupError(f"{path} is there already, and is left as it is. Name another file.")
