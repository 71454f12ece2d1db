"""Stores uploaded images."""

import uuid
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from blog.models import Picture
from common.members import User
from common.pictures import process_picture


def add_picture(file: File, *, alt: str, now: datetime, user: User | None = None) -> Picture:
    """Create a Picture from an uploaded file. Raises common.pictures.PictureRefusedError."""
    made = process_picture(file)
    picture = Picture(
        key=uuid.uuid4().hex,
        alt=alt,
        width=made.width,
        height=made.height,
        widths=made.widths,
        uploaded_by=user,
        uploaded_at=now,
    )
    for (width, kind), content in made.files.items():
        default_storage.save(picture_path(picture.key, width, kind), ContentFile(content))
    picture.save()
    return picture


def picture_path(key: str, width: int, kind: str) -> str:
    """Return the storage path of one width and format."""
    return f"pictures/{key}/{width}.{kind}"
