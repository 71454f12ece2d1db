"""What somebody looks for and the texts that are searched, folded alike, so that typing habits make no difference."""

import unicodedata

from django.db import models
from django.db.models import F, Func

# English full-text search with accents removed (migration 0002).
SEARCH_CONFIG = "unaccented_english"
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»‹›＂"), '"')
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ‛＇´`"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
_PLAIN = _QUOTES | _APOSTROPHES | _HYPHENS


def search_query(text: str) -> str:
    """A query with plain quotation marks, apostrophes and spaces, composed accents and nothing that cannot be seen."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return " ".join("".join(map(_shown, plain)).split())


def search_text(expression: str | models.Expression) -> Func:
    """Wrap a text in the SQL function that normalizes punctuation, so that tokens do not depend on the locale (migration 0002)."""
    source = F(expression) if isinstance(expression, str) else expression
    return Func(source, function="search_text", output_field=models.TextField())


def without_accents(text: str) -> str:
    """The text with only its base letters: naïve as naive."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _shown(char: str) -> str:
    """The character itself if it is ASCII, a letter, a digit or an accent; else nothing or a space."""
    category = unicodedata.category(char)
    if category in ("Cc", "Cf"):
        return "" if category == "Cf" and char != "\u200b" else " "
    return char if char.isascii() or category[0] in "LNM" else " "
