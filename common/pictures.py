"""Processing of uploaded pictures: re-encoded without metadata, upright, in the widths and formats phones want."""

from io import BytesIO
from typing import NamedTuple

from django.core.files.base import File
from PIL import Image, ImageCms, ImageOps

FORMATS = ("avif", "webp")
FALLBACK = "webp"
WIDTHS = (400, 800, 1600)  # pixels
ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_000  # pixels; WebP takes 16,383
QUALITY = 55
FACE_SIDE = 64  # pixels: a face beside a name takes 40
FACE_BYTES = 400  # at most: an article's first visit has a budget (tests/blog/test_weight.py)
FACE_QUALITIES = range(QUALITY, 0, -10)


class PictureRefusedError(Exception):
    """A picture that is not accepted; `code` is too_big (bytes), too_large (pixels) or unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProcessedPicture(NamedTuple):
    """Size in pixels, ascending `widths`, and the encoded bytes by (width, format)."""

    width: int
    height: int
    widths: list[int]
    files: dict[tuple[int, str], bytes]


def process_picture(file: File) -> ProcessedPicture:
    """Encode an uploaded picture in all widths and formats; takes a second or two for a large one.

    Raise PictureRefusedError.
    """
    image = _decoded(file)
    widths = sorted({min(width, image.width) for width in WIDTHS})
    files: dict[tuple[int, str], bytes] = {}
    for width in widths:
        height = max(1, round(image.height * width / image.width))
        smaller = image.resize((width, height), Image.Resampling.LANCZOS)
        files |= {(width, kind): _encoded(smaller, kind) for kind in FORMATS}
    return ProcessedPicture(image.width, image.height, widths, files)


def face(file: File) -> bytes:
    """Return the middle of a picture's upper part as a small square (WebP), in the best quality that FACE_BYTES allow.

    Raise PictureRefusedError.
    """
    upper_middle = (0.5, 0.3)
    square = ImageOps.fit(_decoded(file).convert("RGB"), (FACE_SIDE, FACE_SIDE), centering=upper_middle)
    encoded = [_encoded(square, FALLBACK, quality) for quality in FACE_QUALITIES]
    return next((one for one in encoded if len(one) <= FACE_BYTES), encoded[-1])


def _decoded(file: File) -> Image.Image:
    """Decode a picture and turn it upright; only harmless formats and bounded sizes."""
    if file.size > MAX_BYTES:
        raise PictureRefusedError("too_big")
    try:
        image = Image.open(file, formats=ACCEPTED)
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            raise PictureRefusedError("too_large")
        image.load()
        transparent = "A" in image.getbands() or "transparency" in image.info
        upright = _in_srgb(ImageOps.exif_transpose(image))
        return upright.convert("RGBA" if transparent else "RGB")
    except PictureRefusedError:
        raise
    except Exception as error:  # decoders raise anything for a file that was made to hurt them
        raise PictureRefusedError("unreadable") from error


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the colors of a picture as every screen understands them: most phones take photographs in wider ones.

    One whose profile makes no sense, or that has none, is returned as it is.
    """
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        of_picture = ImageCms.ImageCmsProfile(BytesIO(profile))
        seen = ImageCms.profileToProfile(
            image.convert("RGB") if image.mode == "RGBA" else image,
            of_picture,
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    if seen is None:
        return image
    if image.mode == "RGBA":
        seen.putalpha(image.getchannel("A"))
    return seen


def _encoded(image: Image.Image, kind: str, quality: int = QUALITY) -> bytes:
    """Encode a picture. Rebuilt from its pixels, it carries no metadata such as place or camera."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    buffer = BytesIO()
    options = {"speed": 8} if kind == "avif" else {}
    bare.save(buffer, kind.upper(), quality=quality, **options)
    return buffer.getvalue()
