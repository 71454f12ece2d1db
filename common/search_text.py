"""What somebody looks for, folded like the texts that are searched, so that typing habits make no difference."""

import unicodedata

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»‹›＂"), '"')
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ‛＇´`"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
_PLAIN = _QUOTES | _APOSTROPHES | _HYPHENS


def search_query(text: str) -> str:
    """A query with plain quotation marks, apostrophes and spaces, composed accents and nothing that cannot be seen."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return " ".join("".join(map(_shown, plain)).split())


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
