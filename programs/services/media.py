"""Taking in a photograph or a video of an exercise. The files stay for good: releases and earlier states show them."""

from django.core.files.base import ContentFile

from common.pictures import process_picture
from common.stored_files import content_key, store
from common.videos import read_captions, strip_metadata, video_kind
from programs.plan import Photo, Video


def keep_photo(file, alt):
    """A Photo made from an uploaded file; raises common.pictures.PictureRefusedError."""
    made = process_picture(file)
    photo = Photo(content_key(*made.files.values()), alt, made.width, made.height, tuple(made.widths))
    for (width, kind), content in made.files.items():
        store(photo_path(photo.key, width, kind), ContentFile(content))
    return photo


def keep_video(file, captions):
    """A Video of an uploaded file; `captions` is None where nothing is said in it.

    Raises common.videos.VideoRefusedError with nothing kept.
    """
    kind = video_kind(file)
    text = captions and read_captions(captions)
    if kind == "mp4":
        strip_metadata(file)
    file.seek(0)
    video = Video(content_key(*file.chunks()), kind, _keep_text(text) if text else "")
    store(video_path(video.key, kind), file)
    return video


def keep_captions(file):
    """The key of an uploaded WebVTT file; raises common.videos.VideoRefusedError."""
    return _keep_text(read_captions(file))


def photo_path(key, width, kind):
    """Where one width of a photograph in one format is kept."""
    return f"exercises/{key}/{width}.{kind}"


def video_path(key, kind):
    """Where a video (mp4, webm) or its captions (vtt) are kept."""
    return f"exercises/{key}.{kind}"


def _keep_text(text):
    key = content_key(text)
    store(video_path(key, "vtt"), ContentFile(text))
    return key
