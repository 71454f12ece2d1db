"""Social preview images (Open Graph): the article's title, drawn once per title."""

import hashlib
from io import BytesIO
from textwrap import wrap

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from common.practice import practice_details

SIZE = (1200, 630)
PAPER, INK, ACCENT = "#f8f4ec", "#26231e", "#2c6152"
MARGIN, TITLE_SIZE, NAME_SIZE, LINE = 90, 72, 34, 92
CHARS_PER_LINE, MAX_LINES = 28, 4


def share_card(title: str) -> str:
    """Return the key of the image for this title; draw and store it if it does not exist."""
    name = practice_details()["name"]
    key = hashlib.sha256(f"{name}\n{title}".encode()).hexdigest()[:32]
    path = share_card_path(key)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(_drawn(title, name)))
    return key


def share_card_path(key: str) -> str:
    """Return the storage path of the image."""
    return f"pictures/{key}/share.jpg"


def _drawn(title: str, name: str) -> bytes:
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=ACCENT)
    lines = wrap(title, CHARS_PER_LINE, max_lines=MAX_LINES, placeholder=" …")
    top = (SIZE[1] - NAME_SIZE - MARGIN - len(lines) * LINE) / 2 + 20
    font = ImageFont.load_default(TITLE_SIZE)
    for number, line in enumerate(lines):
        draw.text((MARGIN, top + number * LINE), line, fill=INK, font=font)
    bottom = SIZE[1] - MARGIN - NAME_SIZE
    draw.text((MARGIN, bottom), name, fill=ACCENT, font=ImageFont.load_default(NAME_SIZE))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()
