"""What a WebM says about where, when and by whom it was made, blanked in place; its length stays and it still plays."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.files.base import File

SEGMENT, CLUSTER, INFO = 0x18538067, 0x1F43B675, 0x1549A966
# Tags, attachments, and of the segment's information its title, date, file names and programs.
METADATA = {0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB, 0x4D80, 0x5741}
REQUIRED = {0x4D80, 0x5741}  # players expect these two, so only their text is blanked
VOID = 0xEC
MAX_ELEMENTS = 1_000_000  # an hour of video has a third of that


class WebmError(Exception):
    """The elements of a WebM do not fit into it."""


class Element(NamedTuple):
    """One element: its id, and the offsets of its beginning, its content and its end; no end where it is not told."""

    id: int
    begins: int
    content: int
    ends: int | None


def blank_metadata(file: File) -> None:
    """Blank the metadata. Raise WebmError."""
    for element in list(_metadata(file)):
        if element.ends is None:
            raise WebmError
        if element.id in REQUIRED:
            _write(file, element.content, b" " * (element.ends - element.content))
        else:
            _write(file, element.begins, _void(element.ends - element.begins))


def _metadata(file: File) -> Iterator[Element]:
    """Yield the elements to blank. Of containers only the segment, its information and live clusters are entered."""
    at = 0
    for _ in range(MAX_ELEMENTS):
        if at >= file.size:
            return
        element = _element(file, at)
        if element.id in METADATA:
            yield element
        is_entered = element.ends is None or element.id in (SEGMENT, INFO)
        at = element.content if is_entered else element.ends or element.content
    raise WebmError


def _element(file: File, at: int) -> Element:
    file.seek(at)
    head = file.read(12)
    id_length = _length(head[:1], 4)
    size_length = _length(head[id_length : id_length + 1], 8)
    content = at + id_length + size_length
    size = int.from_bytes(head[id_length : id_length + size_length]) & ((1 << 7 * size_length) - 1)
    is_open = size == (1 << 7 * size_length) - 1  # as recorded live: it lasts until the next of its kind
    if content > file.size or (not is_open and content + size > file.size):
        raise WebmError
    identifier = int.from_bytes(head[:id_length])
    if is_open and identifier not in (SEGMENT, CLUSTER):
        raise WebmError
    return Element(identifier, at, content, None if is_open else content + size)


def _length(first: bytes, most: int) -> int:
    """Return how many bytes a number has, by its first one."""
    length = 9 - first[0].bit_length() if first else 9
    if length > most:
        raise WebmError
    return length


def _void(length: int) -> bytes:
    """Return an element of `length` bytes, two at least, that players skip."""
    size_length = 8 if length > 100 else 1
    size = length - 1 - size_length
    marked = size | (1 << 7 * size_length)
    return bytes([VOID]) + marked.to_bytes(size_length) + bytes(size)


def _write(file: File, at: int, content: bytes) -> None:
    file.seek(at)
    file.write(content)
