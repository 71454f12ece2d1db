"""Taking in a photograph or a video of an exercise. The files stay for good: releases and earlier states show them."""

from django.core.files.base import ContentFile

from common.pictures import made_of
from common.stored_files import keep, key_of
from common.videos import captions_of, kind_of, wipe
from programs.plan import Photo, Video


def keep_photo(file, alt):
    """A Photo made from an uploaded file; raises common.pictures.PictureRefusedError."""
    made = made_of(file)
    photo = Photo(key_of(*made.files.values()), alt, made.width, made.height, tuple(made.widths))
    for (width, kind), content in made.files.items():
        keep(photo_path(photo.key, width, kind), ContentFile(content))
    return photo


def keep_video(file, captions):
    """A Video of an uploaded file; `captions` is None where nothing is said in it.

    Raises common.videos.VideoRefusedError with nothing kept.
    """
    kind = kind_of(file)
    text = captions and captions_of(captions)
    if kind == "mp4":
        wipe(file)
    file.seek(0)
    video = Video(key_of(*file.chunks()), kind, _keep_text(text) if text else "")
    keep(video_path(video.key, kind), file)
    return video


def keep_captions(file):
    """The key of an uploaded WebVTT file; raises common.videos.VideoRefusedError."""
    return _keep_text(captions_of(file))


def photo_path(key, width, kind):
    """Where one width of a photograph in one format is kept."""
    return f"exercises/{key}/{width}.{kind}"


def video_path(key, kind):
    """Where a video (mp4, webm) or its captions (vtt) are kept."""
    return f"exercises/{key}.{kind}"


def _keep_text(text):
    key = key_of(text)
    keep(video_path(key, "vtt"), ContentFile(text))
    return key
