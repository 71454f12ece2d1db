"""Classify free text by words of danger, in four languages and with common misspellings. Pure.

The reviewed patterns are in `danger_words.json`; this module extends them to misspellings and similar phrases.
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
from typing import NamedTuple

MAX_CHARACTERS = 20_000  # characters examined; a comment has at most 8,000


class Tier(IntEnum):
    """How to handle a text, in ascending severity."""

    NONE = 0
    HELP = 1  # a gentle note with the lines to call; nothing is blocked
    HOLD = 2  # held until a person has read it; its author sees help at once


class _Language(NamedTuple):
    hold: re.Pattern[str]
    help: re.Pattern[str]
    veto: re.Pattern[str] | None


# Similar phrases that the reviewed patterns leave out; not yet reviewed by clinicians.
_MORE_HOLD = {
    "en": (
        r"\bi (should|would rather|might as well) (just )?(die|be dead|disappear forever)\b",
        r"\bbetter off if i (died|die|am gone|wasnt here|werent here|didnt exist)\b",
        r"\b(they|everyone|everybody|my (family|baby|kids?|husband|partner|son|daughter))\b.{0,24}"
        r"\bbetter (off )?with ?out me\b",
        r"\bi (might|may|could|will|want to|am going to|im going to|wanna) (hurt|harm|kill|shake|drown|smother) "
        r"(my|the) (baby|child|daughter|son|newborn|kids?)\b",
        r"\bi (dont|do not) (want to|wanna) (live|wake up|exist|be alive)( any ?more| tomorrow)?$",
        r"\bready to (die|end it)\b",
        r"\b(bled|bleeding|going|gone) through (a|one|two|my|2|3) pads? (in|an|every|per|each)( an| one)? hour\b",
        r"\b(my|side of my) (face|mouth) (is |has )?(droop\w*|numb)\b",
        r"\bmy (speech|words) (is|are) (slurr\w*|all wrong)\b",
        r"\bi (am |was |keep )?cough(ed|ing)? (up )?blood\b",
        r"\bmy (blood pressure|bp) (is|was|reads?) (at )?(1[6-9]\d|2\d\d)\b",
        r"\bnumb(ness)?\b.{0,30}\bmy (genitals?|groin|vulva|vagina|inner thighs?|bottom)\b",
        r"\bi (keep |am |m )?hear(ing)? voices\b",
    ),
    "es": (
        r"\bquiero (morirme|morir|desaparecer para siempre|matarme)\b",
        r"\b(hacerle|hacer) dano a (mi|la|el) (bebe|hija|hijo)\b",
        r"\bno puedo respirar\b(?! (bien )?(por la nariz|hondo|profundo))",
    ),
    "de": (
        r"\bich (will|mochte|wollte) (nur noch )?(sterben|tot sein|mich umbringen)\b",
        r"\bmich (selbst )?umbringen\b",
        r"\bmir das leben nehmen\b",
    ),
    "fr": (
        r"\bje (veux|voudrais|vais) (mourir|me tuer|en finir avec la vie)\b",
        r"\bfaire (du )?mal a (mon|ma|le|la) (bebe|fille|fils|enfant)\b",
    ),
}
_MORE_HELP = {
    "en": (
        r"\b(slurred|slurring)\b",
        r"\bheavy bleeding\b",
        r"\bpassed out\b(?! (on|in) (the|my) (sofa|couch|bed))",
        r"\bhearing voices\b",
        r"\b(numb|numbness)\b.{0,40}\b(groin|genital\w*|saddle|inner thighs?|vulva|vagina)\b",
        r"\b(1[6-9]\d|2\d\d) (over )?(9|1[0-4])\d\b",
    )
}
# Words that are rarely anything else: a token one slip away is read as the word itself.
_KEY_WORDS = (
    "suicide", "suicidal", "myself", "hopeless", "overdose", "depression", "seizure",
    "selbstmord", "umbringen", "suizid", "suicidio", "suicidarme", "matarme", "suicider", "wochenbettdepression",
)  # fmt: skip
_SHORTEST_KEY = 6
_DATA = json.loads(Path(__file__).with_name("danger_words.json").read_text(encoding="utf-8"))


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
    tier = Tier.NONE
    for language in _languages():
        if language.hold.search(words):
            vetoed = language.veto is not None and language.veto.search(words)
            tier = max(tier, Tier.HELP if vetoed else Tier.HOLD)
        elif language.help.search(words):
            tier = max(tier, Tier.HELP)
    return tier


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(
            hold=re.compile("|".join((*words["hold"], *_MORE_HOLD.get(code, ())))),
            help=re.compile("|".join((*words["help"], *_MORE_HELP.get(code, ())))),
            veto=re.compile("|".join(words["veto"])) if words.get("veto") else None,
        )
        for code, words in _DATA["languages"].items()
    )


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
