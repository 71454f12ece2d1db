"""An uploaded picture made harmless: turned upright, stripped of all metadata, in the widths and formats phones want."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("avif", "webp")
FALLBACK = "webp"
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


class Made(NamedTuple):
    """What was made of a picture: its size, its `widths` (ascending), and the bytes of each (width, format)."""

    width: int
    height: int
    widths: list[int]
    files: dict[tuple[int, str], bytes]


def made_of(file):
    """The files made of an uploaded one; raises PictureRefusedError. A second or two for a large one."""
    image = _upright(file)
    widths = sorted({min(width, image.width) for width in WIDTHS})
    files = {}
    for width in widths:
        height = max(1, round(image.height * width / image.width))
        smaller = image.resize((width, height), Image.Resampling.LANCZOS)
        files |= {(width, kind): _encoded(smaller, kind) for kind in FORMATS}
    return Made(*image.size, widths, files)


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
