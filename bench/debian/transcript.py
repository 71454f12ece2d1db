"""Transcripts of the proof, by which a test knows which commands of the operator's page were given."""

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

KEPT = Path(__file__).resolve().parents[1] / "results"


@contextlib.contextmanager
def printed_too(suite: str) -> Iterator[None]:
    """Keep what is printed as the transcript of a suite (none for ""), once all of it has been proved."""
    words, printed = io.StringIO(), sys.stdout
    sys.stdout = Both(printed, words)
    try:
        yield
    finally:
        sys.stdout = printed
    if suite:
        (KEPT / f"install-{suite}.txt").write_text(words.getvalue().lstrip())


class Both(io.TextIOBase):
    """Writes to two streams."""

    def __init__(self, *streams: TextIO) -> None:
        self._streams = streams

    def write(self, words: str) -> int:
        """Write to each."""
        return max(stream.write(words) for stream in self._streams)

    def flush(self) -> None:
        """Flush each."""
        for stream in self._streams:
            stream.flush()
