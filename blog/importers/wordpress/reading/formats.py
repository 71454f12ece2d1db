"""Detects which software wrote an export; all readers yield the same records."""

from typing import IO

from .ghost import GhostReader
from .reader import Reader
from .substack import SubstackReader

ExportReader = Reader | GhostReader | SubstackReader


def open_export(file: IO[bytes]) -> ExportReader:
    """Return the reader for a binary file by its first bytes: JSON is Ghost, ZIP is Substack, else WordPress XML."""
    file.seek(0)
    head = file.read(1_000)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return SubstackReader(file)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return GhostReader(file)
    return Reader(file)
