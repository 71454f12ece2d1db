"""Taking a picture in for the articles."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog.models import Picture
from common.pictures import process_picture


def add_picture(file, *, alt, now, user=None):
    """A Picture made from an uploaded file; raises common.pictures.PictureRefusedError."""
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


def picture_path(key, width, kind):
    """Where a file is kept in the storage."""
    return f"pictures/{key}/{width}.{kind}"
