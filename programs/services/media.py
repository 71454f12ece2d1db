"""Store photographs, videos and recordings of the program. Files are never deleted: releases and earlier versions show them."""

from __future__ import annotations

from django.core.files.base import ContentFile, File

from common.pictures import process_picture
from common.recordings import encode_recording
from common.stored_files import content_key, store
from common.videos import read_captions, strip_metadata, video_kind
from programs.plan import Photo, Recording, Video


def store_photo(file: File, alt: str) -> Photo:
    """Store an uploaded photograph as a Photo. Raise common.pictures.PictureRefusedError."""
    made = process_picture(file)
    photo = Photo(content_key(*made.files.values()), alt, made.width, made.height, tuple(made.widths))
    for (width, kind), content in made.files.items():
        store(photo_path(photo.key, width, kind), ContentFile(content))
    return photo


def store_video(file: File, captions: File | None) -> Video:
    """Store an uploaded file as a Video; `captions` is None for a video without speech.

    Raise common.videos.VideoRefusedError with nothing stored.
    """
    kind = video_kind(file)
    text = read_captions(captions) if captions else b""
    strip_metadata(file, kind)
    file.seek(0)
    video = Video(content_key(*file.chunks()), kind, _store_text(text) if text else "")
    store(video_path(video.key, kind), file)
    return video


def store_recording(file: File) -> Recording:
    """Store an uploaded or recorded voice. Raise common.recordings.RecordingRefusedError with nothing stored."""
    made = encode_recording(file)
    recording = Recording(content_key(made.content), made.seconds)
    store(recording_path(recording.key), ContentFile(made.content))
    return recording


def store_captions(file: File) -> str:
    """Store an uploaded WebVTT file and return its key. Raise common.videos.VideoRefusedError."""
    return _store_text(read_captions(file))


def photo_path(key: str, width: int, kind: str) -> str:
    """Return the storage path of a photograph in one width and format."""
    return f"exercises/{key}/{width}.{kind}"


def video_path(key: str, kind: str) -> str:
    """Return the storage path of a video (mp4, webm) or its captions (vtt)."""
    return f"exercises/{key}.{kind}"


def recording_path(key: str) -> str:
    """Return the storage path of a recording."""
    return f"exercises/{key}.m4a"


def _store_text(text: bytes) -> str:
    key = content_key(text)
    store(video_path(key, "vtt"), ContentFile(text))
    return key
