"""Recordings of a voice: any sound a browser records or a person uploads, encoded anew as AAC that every phone plays."""

import io
from itertools import chain
from typing import Any, NamedTuple, cast

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError
from django.core.files.base import File

MAX_BYTES = 20_000_000
MAX_SECONDS = 60
RATE, BITS = 44_100, 64_000  # samples and bits a second: a voice needs no more
# What browsers record and phones store. Nothing that names other files or addresses, such as a playlist.
FORMATS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,wav,aac,flac,caf,aiff"


class RecordingRefusedError(Exception):
    """A recording that is not accepted; `code` is recording_too_big, recording_too_long, recording_empty or
    recording_unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Encoded(NamedTuple):
    """A recording as an m4a file, and its length in whole seconds, rounded up."""

    content: bytes
    seconds: int


def encode_recording(file: File) -> Encoded:
    """Return a recording encoded anew: one channel, and nothing but its sound. Raise RecordingRefusedError."""
    if file.size > MAX_BYTES:
        raise RecordingRefusedError("recording_too_big")
    file.seek(0)
    made = io.BytesIO()
    try:
        samples = _encode(io.BytesIO(file.read()), made)
    except (FFmpegError, ValueError, IndexError):
        raise RecordingRefusedError("recording_unreadable") from None
    if not samples:
        raise RecordingRefusedError("recording_empty")
    return Encoded(made.getvalue(), -(-samples // RATE))


def _encode(source: io.BytesIO, target: io.BytesIO) -> int:
    """Encode the first sound track of `source` into `target`; return the number of samples.

    Raise IndexError where there is no sound track.
    """
    resampler = AudioResampler(format="fltp", layout="mono", rate=RATE)
    options = {"fflags": "+bitexact"}  # the same sound is the same file
    samples = 0
    with (
        av.open(source, options={"format_whitelist": FORMATS}) as sent,
        av.open(target, "w", format="ipod", options=options) as made,
    ):
        track: Any = made.add_stream("aac", rate=RATE, layout="mono", options={"flags": "+bitexact"})
        track.bit_rate = BITS
        frames: Any = cast(InputContainer, sent).decode(sent.streams.audio[0])
        for frame in chain(frames, [None]):
            for piece in resampler.resample(frame):
                samples += piece.samples
                if samples > MAX_SECONDS * RATE:
                    raise RecordingRefusedError("recording_too_long")
                piece.pts = None
                made.mux(track.encode(piece))
        made.mux(track.encode(None))
    return samples
