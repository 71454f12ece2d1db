"""Classify free text by words of danger, in four languages and with common misspellings. Pure.

The patterns of the evidence base are in `danger_words.json`, similar phrases not yet reviewed by clinicians in
`danger_words_more.json`; this module extends both to misspellings.
The match is never final: a person reads what is held.
Source: evidence base, section H, "Words of danger in free text".
"""

from __future__ import annotations

import json
import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

MAX_CHARACTERS = 20_000  # characters examined; a comment has at most 8,000


class Tier(IntEnum):
    """How to handle a text, in ascending severity."""

    NONE = 0
    HELP = 1  # a gentle note with the lines to call; nothing is blocked
    HOLD = 2  # held until a person has read it; its author sees help at once


class _Language(NamedTuple):
    harmless: re.Pattern[str]  # taken out of a sentence before the others are tried
    hold: re.Pattern[str]
    help: re.Pattern[str]
    veto: re.Pattern[str]  # makes a hold a help


# Words that are rarely anything else: a token one slip away is read as the word itself.
_KEY_WORDS = (
    "suicide", "suicidal", "myself", "hopeless", "overdose", "depression", "seizure",
    "selbstmord", "umbringen", "suizid", "suicidio", "suicidarme", "matarme", "suicider", "wochenbettdepression",
)  # fmt: skip
_SHORTEST_KEY = 6
GROUP = re.compile(r"\((?!\?)")  # the beginning of one that notes what it matched
SOURCES = ("danger_words.json", "danger_words_more.json")  # the reviewed phrases, and similar ones


def tier_of(text: str) -> Tier:
    """The highest tier of the sentences of `text`; the writer's language is not known, so all are tried."""
    sentences = re.split(r"[.!?;\n\r]+", text[:MAX_CHARACTERS])
    return max((_tier_of_sentence(sentence) for sentence in sentences), default=Tier.NONE)


def needs_help(*texts: str) -> bool:
    """Return whether one of `texts` calls for the note with the lines to call, whatever its tier."""
    return any(tier_of(text) != Tier.NONE for text in texts)


def plain(sentence: str) -> str:
    """Normalize a sentence for the patterns (danger-words data, normalize)."""
    found = unicodedata.normalize("NFKD", sentence.replace("ß", "ss").replace("ẞ", "ss"))
    found = "".join(letter for letter in found if not unicodedata.combining(letter)).lower()
    found = re.sub(r"['’`´ʼ‘]", "", found)
    found = re.sub(r"[^a-z0-9]+", " ", found)
    found = re.sub(r"([a-z])\1{2,}", r"\1\1", found)
    return _joined(re.sub(r"\b2 (?=(die|kill|end|hurt|harm)\b)", "to ", found)).strip()


def _tier_of_sentence(sentence: str) -> Tier:
    words = plain(sentence)
    mended = " ".join(_mended(token) for token in words.split())
    return max(_tier_of_words(words), _tier_of_words(mended) if mended != words else Tier.NONE)


def _tier_of_words(words: str) -> Tier:
    return max(_tier_in(language, language.harmless.sub(" ", words).strip()) for language in _languages())


def _tier_in(language: _Language, words: str) -> Tier:
    if language.hold.search(words):
        return Tier.HELP if language.veto.search(words) else Tier.HOLD
    return Tier.HELP if language.help.search(words) else Tier.NONE


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    reviewed, more = (
        json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["languages"]
        for name in SOURCES
    )
    return tuple(_language(reviewed[code], more[code]) for code in reviewed)


def _language(*sources: dict[str, Any]) -> _Language:
    """Compile the patterns of one language, with its words in place of their names in angle brackets ("<baby>")."""
    names = {name: words for source in sources for name, words in source.get("words", {}).items()}

    def compiled(kind: str) -> re.Pattern[str]:
        # All begin at a word. With that said once, most are ruled out by their first letter: several times as fast.
        pattern = "|".join(one.removeprefix(r"\b") for source in sources for one in source.get(kind, ()))
        named = re.sub(r"<([a-z]+)>", lambda found: names[found[1]], pattern)
        # No group notes what it matched: for hundreds of them that takes 30 times as long as the search.
        return re.compile(rf"\b(?:{re.sub(GROUP, '(?:', named)})")

    return _Language(*map(compiled, _Language._fields))


def _joined(words: str) -> str:
    """Join letters written one by one (s u i c i d e) into the word they spell."""
    return re.sub(r"\b(?:[a-z] ){3,}[a-z]\b", lambda spelled: spelled.group().replace(" ", ""), words)


@lru_cache(maxsize=4096)
def _mended(token: str) -> str:
    """Return the key word that is one edit away from a word; the word itself where there is none."""
    if len(token) < _SHORTEST_KEY - 1 or token in _KEY_WORDS:
        return token
    return next((word for word in _KEY_WORDS if word[0] == token[0] and _is_a_slip(token, word)), token)


def _is_a_slip(token: str, word: str) -> bool:
    """Whether two words differ by one letter inserted, deleted, replaced, or swapped with the next."""
    if abs(len(token) - len(word)) > 1:
        return False
    start = 0
    while start < min(len(token), len(word)) and token[start] == word[start]:
        start += 1
    rest, wanted = token[start:], word[start:]
    one_wrong = len(rest) == len(wanted) and rest[1:] == wanted[1:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return rest[1:] == wanted or rest == wanted[1:] or one_wrong or swapped
