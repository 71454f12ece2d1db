"""Real small files as the browser sends them: a photograph with a place in it, videos of eight frames, captions."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

HERE = Path(__file__).parent
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
WORDS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nLift slowly.\n"


def photograph(size=(900, 600), name="IMG_0042 garden.jpg"):
    """A photograph from a phone that knows where it was, and has a color profile of its own."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    exif[0x010F] = "Maker of the camera"
    buffer = BytesIO()
    Image.new("RGB", size, "salmon").save(buffer, "JPEG", exif=exif, icc_profile=PROFILE)
    return SimpleUploadedFile(name, buffer.getvalue())


def video(kind="webm", name="clip.mov"):
    """A video that browsers play, called as it should not be."""
    return SimpleUploadedFile(name, (HERE / f"tiny.{kind}").read_bytes())


def captions(text=WORDS):
    """What is said in it."""
    return SimpleUploadedFile("words.vtt", text)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """A storage of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
