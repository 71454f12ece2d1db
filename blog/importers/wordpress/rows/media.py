"""Pictures that came along: a folder or a ZIP of wp-content/uploads. Only what is listed in it can be opened."""

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
    """Nothing came along; the other kinds find files in what did."""

    def __init__(self) -> None:
        self._by_name: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def find(self, address: str) -> str | None:
        """The name here of the picture an address means, the largest form first; None if it is not here.

        A file is taken for it only if one's path ends with the whole of the other's.
        """
        path = unquote(parts_of(address).path).strip("/").lower()
        for wanted in original_names(path):
            for name, key in self._by_name.get(wanted.rpartition("/")[2], ()):
                if _same_file(wanted, key):
                    return name
        return None

    def open(self, name: str) -> ContentFile:
        """The file of that name as `find` gave it, with its size; at most as much of it as a picture may have."""
        raise NotImplementedError

    def _list(self, name: str) -> None:
        key = name.replace("\\", "/").strip("/").lower()
        if key.endswith(IMAGE_EXTENSIONS):
            self._by_name[key.rpartition("/")[2]].append((name, key))


class MediaFolder(Media):
    """A folder on this machine; links out of it are not followed."""

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
    """A ZIP file; nothing in it is unpacked but the pictures that are wanted, one at a time."""

    def __init__(self, file: IO[bytes] | File) -> None:
        super().__init__()
        self._zip = zipfile.ZipFile(file)
        for name in self._zip.namelist():
            self._list(name)

    def open(self, name: str) -> ContentFile:
        with self._zip.open(name) as file:
            return ContentFile(file.read(MAX_BYTES + 1))


def _same_file(wanted: str, key: str) -> bool:
    """Whether a path of the old blog and one here mean the same file: one is the end of the other."""
    upload = wanted.rpartition("wp-content/uploads/")[2]
    ends = [wanted, f"uploads/{upload}"] + ([upload] if "/" in upload else [])
    return f"/{wanted}".endswith(f"/{key}") or any(f"/{key}".endswith(f"/{end}") for end in ends)
