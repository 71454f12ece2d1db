"""Uploaded videos and captions: recognized by their content, never by name, with metadata such as place stripped."""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from django.core.files.base import File

from common.webm import WebmError, blank_metadata

MAX_BYTES = 80_000_000
MAX_CAPTIONS_BYTES = 500_000
MAX_HEADER_BYTES = 20_000_000  # of the box that describes an MP4
BRANDS = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|M4V |M4VP|dash|MSNV")
PLAYABLE_CODECS = (b"avc1", b"avc3", b"av01", b"vp09")  # what phones and browsers in use can show
MAX_BOXES = 10_000  # on one level
METADATA_BOXES = (b"udta", b"meta", b"uuid")  # hold places, people and cameras
CONTAINER_BOXES = (b"moov", b"trak")  # where they are found, from the outside in
EBML = b"\x1a\x45\xdf\xa3"


class VideoRefusedError(Exception):
    """A video or captions file that is not accepted; `code` is video_too_big, video_unreadable, video_codec,
    captions_too_big or captions_unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Box(NamedTuple):
    """One box of an MP4: its four-letter name and the offsets of the name, the content's start and its end."""

    name: bytes
    named: int
    start: int
    end: int


def video_kind(file: File) -> str:
    """Return "mp4" or "webm" for a video that phones can show. Raise VideoRefusedError."""
    if file.size > MAX_BYTES:
        raise VideoRefusedError("video_too_big")
    head = _read(file, 0, 64)
    if head[4:8] == b"ftyp":
        return _mp4(file, head)
    if head.startswith(EBML) and b"webm" in head:
        return "webm"
    raise VideoRefusedError("video_unreadable")


def strip_metadata(file: File, kind: str) -> None:
    """Blank, in place, what a video says about where and by whom it was taken; its length stays and it still plays.

    Raise VideoRefusedError.
    """
    if kind == "webm":
        try:
            return blank_metadata(file)
        except WebmError:
            raise VideoRefusedError("video_unreadable") from None
    for box in _metadata_boxes(file, 0, file.size, CONTAINER_BOXES):
        file.seek(box.named)
        file.write(b"free")
        file.seek(box.start)
        file.write(bytes(box.end - box.start))
    return None


def read_captions(file: File) -> bytes:
    """Return the text of a WebVTT file as UTF-8. Raise VideoRefusedError."""
    if file.size > MAX_CAPTIONS_BYTES:
        raise VideoRefusedError("captions_too_big")
    try:
        text = _read(file, 0, file.size).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise VideoRefusedError("captions_unreadable") from None
    if not re.match(r"WEBVTT(?=[ \t\r\n])", text) or "-->" not in text or "\0" in text:
        raise VideoRefusedError("captions_unreadable")
    return text.encode()


def _mp4(file: File, head: bytes) -> str:
    size = int.from_bytes(head[:4])
    names = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))]
    described = next((box for box in _boxes(file, 0, file.size) if box.name == b"moov"), None)
    if not any(BRANDS.fullmatch(name) for name in names) or described is None:
        raise VideoRefusedError("video_unreadable")
    if described.end - described.start > MAX_HEADER_BYTES:
        raise VideoRefusedError("video_unreadable")
    header = _read(file, described.start, described.end)
    if not any(codec in header for codec in PLAYABLE_CODECS):
        raise VideoRefusedError("video_codec")
    return "mp4"


def _metadata_boxes(file: File, start: int, end: int, containers: tuple[bytes, ...]) -> Iterator[Box]:
    for box in _boxes(file, start, end):
        if box.name in METADATA_BOXES:
            yield box
        elif box.name in containers[:1]:
            yield from _metadata_boxes(file, box.start, box.end, containers[1:])


def _boxes(file: File, start: int, end: int) -> list[Box]:
    """Return the boxes between two offsets. Raise VideoRefusedError where they do not fit."""
    found: list[Box] = []
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", _read(file, start, start + 8))
        begins = start + 8
        if size == 1:
            size, begins = int.from_bytes(_read(file, begins, begins + 8)), begins + 8
        ends = start + size if size else end
        if ends < begins or ends > end or len(found) == MAX_BOXES:
            raise VideoRefusedError("video_unreadable")
        found.append(Box(name, start + 4, begins, ends))
        start = ends
    return found


def _read(file: File, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)
