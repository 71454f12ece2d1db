"""Taking a picture in: turned upright, stripped of all metadata, in the widths and formats phones want."""

import uuid
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from blog.models import Picture
from blog.models.pictures import FORMATS

WIDTHS = (400, 800, 1600)
TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
QUALITY = 55


class PictureRefusedError(Exception):
    """`code` says why: too_big (bytes), too_large (pixels), unreadable."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def add_picture(file, *, alt, now, user=None):
    """A Picture made from an uploaded file; raises PictureRefusedError. A second or two for a large one."""
    image = _upright(file)
    picture = Picture(key=uuid.uuid4().hex, alt=alt, uploaded_by=user, uploaded_at=now)
    picture.width, picture.height = image.size
    picture.widths = sorted({min(width, image.width) for width in WIDTHS})
    for width in picture.widths:
        height = max(1, round(image.height * width / image.width))
        smaller = image.resize((width, height), Image.Resampling.LANCZOS)
        for kind in FORMATS:
            default_storage.save(picture_path(picture.key, width, kind), ContentFile(_encoded(smaller, kind)))
    picture.save()
    return picture


def picture_path(key, width, kind):
    """Where a file is kept in the storage."""
    return f"pictures/{key}/{width}.{kind}"


def _upright(file):
    """The decoded picture, turned as the camera meant it; only harmless formats and bounded sizes."""
    if file.size > MOST_BYTES:
        raise PictureRefusedError("too_big")
    try:
        image = Image.open(file, formats=TAKEN)
        if image.width * image.height > MOST_PIXELS:
            raise PictureRefusedError("too_large")
        image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefusedError("unreadable") from error
    transparent = "A" in image.getbands() or "transparency" in image.info
    return ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB")


def _encoded(image, kind):
    """The bytes of one file. A picture rebuilt from its pixels carries no place and no camera."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    buffer = BytesIO()
    options = {"speed": 8} if kind == "avif" else {}
    bare.save(buffer, kind.upper(), quality=QUALITY, **options)
    return buffer.getvalue()
