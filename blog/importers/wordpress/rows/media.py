"""Images and documents supplied with an export: a folder, ZIP or TAR of wp-content/uploads. Only listed files can be opened."""

import os
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import IO, cast
from urllib.parse import unquote

from django.core.files.base import ContentFile, File

from common.pictures import MAX_BYTES

from ..addresses import DOCUMENT_EXTENSIONS, IMAGE_EXTENSIONS, is_document, original_names, parts_of


class Media:
    """No files; subclasses find files in a folder or an archive."""

    def __init__(self) -> None:
        self._by_name: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def find(self, address: str) -> str | None:
        """Return the name of the file for a URL, of an image the largest size first, or None.

        A file matches only if one path ends with the whole of the other.
        """
        path = _key(unquote(parts_of(address).path))
        for wanted in [path] if is_document(address) else original_names(path):
            for name, key in self._by_name.get(wanted.rpartition("/")[2], ()):
                if _same_file(wanted, key):
                    return name
        return None

    def open(self, name: str, most: int = MAX_BYTES) -> ContentFile:
        """Return the file that `find` named, truncated just above `most` bytes."""
        raise NotImplementedError

    def _list(self, name: str) -> None:
        key = _key(name.replace("\\", "/"))
        if key.endswith((*IMAGE_EXTENSIONS, *DOCUMENT_EXTENSIONS)):
            self._by_name[key.rpartition("/")[2]].append((name, key))


class MediaFolder(Media):
    """A local folder; symbolic links are ignored."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = Path(folder)
        for place, _, names in os.walk(self._folder):
            for name in sorted(names):
                path = Path(place) / name
                if path.is_file() and not path.is_symlink():
                    self._list(path.relative_to(self._folder).as_posix())

    def open(self, name: str, most: int = MAX_BYTES) -> ContentFile:
        with (self._folder / name).open("rb") as file:
            return ContentFile(file.read(most + 1))


class MediaZip(Media):
    """A ZIP file; its files are read one at a time."""

    def __init__(self, file: IO[bytes] | File) -> None:
        super().__init__()
        self._zip = zipfile.ZipFile(file)
        for name in self._zip.namelist():
            self._list(name)

    def open(self, name: str, most: int = MAX_BYTES) -> ContentFile:
        with self._zip.open(name) as file:
            return ContentFile(file.read(most + 1))


class MediaTar(Media):
    """An uncompressed TAR file, as WordPress.com exports a media library. Raises tarfile.TarError for another file."""

    def __init__(self, file: IO[bytes] | File) -> None:
        super().__init__()
        self._tar = tarfile.open(fileobj=cast(IO[bytes], file), mode="r:")  # noqa: SIM115 - ends with its file
        self._members = {member.name: member for member in self._tar if member.isfile()}
        for name in self._members:
            self._list(name)

    def open(self, name: str, most: int = MAX_BYTES) -> ContentFile:
        with cast(IO[bytes], self._tar.extractfile(self._members[name])) as file:
            return ContentFile(file.read(most + 1))


def open_archive(file: IO[bytes] | File) -> Media | None:
    """Return the Media of a ZIP or TAR, None for another file."""
    if zipfile.is_zipfile(file):
        return MediaZip(file)
    file.seek(0)
    try:
        return MediaTar(file)
    except tarfile.TarError:
        return None


def _key(path: str) -> str:
    """Return a path to compare: some systems write accents as characters of their own."""
    return unicodedata.normalize("NFC", path).strip("/").lower()


def _same_file(wanted: str, key: str) -> bool:
    """Return whether an old path and a local one name the same file: one must end with the other."""
    upload = wanted.rpartition("wp-content/uploads/")[2]
    ends = [wanted, f"uploads/{upload}"] + ([upload] if "/" in upload else [])
    return f"/{wanted}".endswith(f"/{key}") or any(f"/{key}".endswith(f"/{end}") for end in ends)
