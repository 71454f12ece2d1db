"""Images supplied with an export: a folder or ZIP of wp-content/uploads. Only listed files can be opened."""

import os
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from django.core.files.base import ContentFile, File

from common.pictures import MAX_BYTES

from ..addresses import IMAGE_EXTENSIONS, original_names, parts_of


class Media:
    """No files; subclasses find files in a folder or ZIP."""

    def __init__(self) -> None:
        self._by_name: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def find(self, address: str) -> str | None:
        """Return the name of the file for an image URL, largest size first, or None.

        A file matches only if one path ends with the whole of the other.
        """
        path = unquote(parts_of(address).path).strip("/").lower()
        for wanted in original_names(path):
            for name, key in self._by_name.get(wanted.rpartition("/")[2], ()):
                if _same_file(wanted, key):
                    return name
        return None

    def open(self, name: str) -> ContentFile:
        """Return the file that `find` named, truncated just above the size limit of images."""
        raise NotImplementedError

    def _list(self, name: str) -> None:
        key = name.replace("\\", "/").strip("/").lower()
        if key.endswith(IMAGE_EXTENSIONS):
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

    def open(self, name: str) -> ContentFile:
        with (self._folder / name).open("rb") as file:
            return ContentFile(file.read(MAX_BYTES + 1))


class MediaZip(Media):
    """A ZIP file; images are read one at a time."""

    def __init__(self, file: IO[bytes] | File) -> None:
        super().__init__()
        self._zip = zipfile.ZipFile(file)
        for name in self._zip.namelist():
            self._list(name)

    def open(self, name: str) -> ContentFile:
        with self._zip.open(name) as file:
            return ContentFile(file.read(MAX_BYTES + 1))


def _same_file(wanted: str, key: str) -> bool:
    """Return whether an old path and a local one name the same file: one must end with the other."""
    upload = wanted.rpartition("wp-content/uploads/")[2]
    ends = [wanted, f"uploads/{upload}"] + ([upload] if "/" in upload else [])
    return f"/{wanted}".endswith(f"/{key}") or any(f"/{key}".endswith(f"/{end}") for end in ends)
