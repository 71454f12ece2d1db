"""The therapist's own photograph, video and voice: keys of immutable files, and their alternative texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

KEY = re.compile(r"[0-9a-f]{32}")
VIDEO_KINDS = ("mp4", "webm")
CARD_WIDTH = 800  # pixels; used where only one width can be given


@dataclass(frozen=True)
class Photo:
    """A photograph in several widths (pixels, ascending) under `key`; `alt` is its alternative text."""

    key: str
    alt: str
    width: int
    height: int
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key) or not self.widths:
            raise ValueError(_("this photo is not one of ours"))

    @property
    def card_width(self) -> int:
        """Return the width for a card or the player: the largest up to CARD_WIDTH, else the smallest."""
        return max((width for width in self.widths if width <= CARD_WIDTH), default=self.widths[0])


@dataclass(frozen=True)
class Recording:
    """The therapist's own voice, an m4a file under `key`, and its length in whole seconds."""

    key: str
    seconds: int

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(_("this is no recording of ours"))


@dataclass(frozen=True)
class Video:
    """A video under `key`; `captions` is the key of its captions, "" for a video without speech."""

    key: str
    kind: str
    captions: str = ""

    def __post_init__(self) -> None:
        keys = [self.key, *([self.captions] if self.captions else [])]
        if self.kind not in VIDEO_KINDS or not all(map(KEY.fullmatch, keys)):
            raise ValueError(_("this video is not one of ours"))
