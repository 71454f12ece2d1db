"""Stores uploaded images."""

import uuid
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from blog.models import Picture
from common.members import User
from common.pictures import FALLBACK, face, process_picture
from common.stored_files import save_whole, store


def add_picture(file: File, *, alt: str, now: datetime, user: User | None = None, key: str = "") -> Picture:
    """Create a Picture from an uploaded file, under `key` (32 hexadecimal digits) or a random one.

    Raises common.pictures.PictureRefusedError.
    """
    made = process_picture(file)
    picture = Picture(
        key=key or uuid.uuid4().hex,
        alt=alt,
        width=made.width,
        height=made.height,
        widths=made.widths,
        uploaded_by=user,
        uploaded_at=now,
    )
    paths = {size: picture_path(picture.key, *size) for size in made.files}
    try:
        for size, content in made.files.items():
            save_whole(paths[size], ContentFile(content))
        picture.save()
    except BaseException:
        for path in paths.values():
            default_storage.delete(path)
        raise
    return picture


def face_of(key: str) -> str:
    """Return the storage path of a picture as a small square, made when it is first asked for; there may be no such picture."""
    path = f"pictures/{key}/face.{FALLBACK}"
    if not default_storage.exists(path) and (picture := Picture.objects.filter(key=key).first()):
        with (
            suppress(FileNotFoundError),
            default_storage.open(picture_path(key, picture.widths[0], FALLBACK)) as smallest,
        ):
            store(path, ContentFile(face(smallest)))
    return path


def picture_path(key: str, width: int, kind: str) -> str:
    """Return the storage path of one width and format."""
    return f"pictures/{key}/{width}.{kind}"
