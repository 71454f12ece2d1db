"""Uploaded videos and captions: known by what is in them, never by their name; where they were taken is wiped out."""

import re
import struct
from typing import NamedTuple

MOST_BYTES = 80_000_000
MOST_CAPTIONS = 500_000
MOST_WORDS = 20_000_000  # bytes of the box that describes an MP4
BRANDS = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|M4V |M4VP|dash|MSNV")
PLAYED = (b"avc1", b"avc3", b"av01", b"vp09")  # what every phone and browser of these years can show
MOST_BOXES = 10_000  # beside each other
TELLING = (b"udta", b"meta", b"uuid")  # boxes that hold places, people and cameras
OPENED = (b"moov", b"trak")  # the boxes in which they are found, from the outside in
EBML = b"\x1a\x45\xdf\xa3"


class VideoRefusedError(Exception):
    """`code` says why: video_too_big, video_unreadable, video_codec; captions_too_big, captions_unreadable."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Box(NamedTuple):
    """One box of an MP4: its four letters and where they stand, where its content begins and where it ends."""

    name: bytes
    named: int
    start: int
    end: int


def kind_of(file):
    """“mp4” or “webm”, for a video that phones can show. Raises VideoRefusedError."""
    if file.size > MOST_BYTES:
        raise VideoRefusedError("video_too_big")
    head = _read(file, 0, 64)
    if head[4:8] == b"ftyp":
        return _mp4(file, head)
    if head.startswith(EBML) and b"webm" in head:
        return "webm"
    raise VideoRefusedError("video_unreadable")


def wipe(file):
    """Blank, in place, what an MP4 tells of where and by whom it was taken; it keeps its length and still plays."""
    for box in _telling(file, 0, file.size, OPENED):
        file.seek(box.named)
        file.write(b"free")
        file.seek(box.start)
        file.write(bytes(box.end - box.start))


def captions_of(file):
    """The text of a WebVTT file as bytes. Raises VideoRefusedError."""
    if file.size > MOST_CAPTIONS:
        raise VideoRefusedError("captions_too_big")
    try:
        text = _read(file, 0, file.size).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise VideoRefusedError("captions_unreadable") from None
    if not re.match(r"WEBVTT(?=[ \t\r\n])", text) or "-->" not in text or "\0" in text:
        raise VideoRefusedError("captions_unreadable")
    return text.encode()


def _mp4(file, head):
    size = int.from_bytes(head[:4])
    names = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))]
    described = next((box for box in _boxes(file, 0, file.size) if box.name == b"moov"), None)
    if not any(BRANDS.fullmatch(name) for name in names) or described is None:
        raise VideoRefusedError("video_unreadable")
    if described.end - described.start > MOST_WORDS:
        raise VideoRefusedError("video_unreadable")
    words = _read(file, described.start, described.end)
    if not any(codec in words for codec in PLAYED):
        raise VideoRefusedError("video_codec")
    return "mp4"


def _telling(file, start, end, opened):
    for box in _boxes(file, start, end):
        if box.name in TELLING:
            yield box
        elif box.name in opened[:1]:
            yield from _telling(file, box.start, box.end, opened[1:])


def _boxes(file, start, end):
    """The boxes between two places, one after the other. Raises VideoRefusedError where they do not fit."""
    found = []
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", _read(file, start, start + 8))
        begins = start + 8
        if size == 1:
            size, begins = int.from_bytes(_read(file, begins, begins + 8)), begins + 8
        ends = start + size if size else end
        if ends < begins or ends > end or len(found) == MOST_BOXES:
            raise VideoRefusedError("video_unreadable")
        found.append(Box(name, start + 4, begins, ends))
        start = ends
    return found


def _read(file, start, end):
    file.seek(start)
    return file.read(end - start)
