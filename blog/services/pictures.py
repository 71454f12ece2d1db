"""Stores uploaded images."""

import uuid
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from blog.models import Picture
from common.members import User
from common.pictures import FALLBACK, face, process_picture
from common.stored_files import save_whole


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
        face=face(ContentFile(made.files[made.widths[0], FALLBACK])),
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


def picture_path(key: str, width: int, kind: str) -> str:
    """Return the storage path of one width and format."""
    return f"pictures/{key}/{width}.{kind}"
