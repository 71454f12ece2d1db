"""Words that mean the same to whoever searches: the list in synonyms.txt, or the therapist's own from the desk.

One line for each meaning, with words or phrases separated by commas. A search for one of them finds all the others.
"""

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import and_, or_
from pathlib import Path

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from common.search_text import SEARCH_CONFIG, search_query, without_accents

DEFAULT = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").strip()
MAX_LETTERS = 8_000
Query = SearchQuery | CombinedSearchQuery
Group = tuple[str, ...]

# Quotation marks and a leading minus ask for exact words.
_EXACT = re.compile(r'"|(?:^|\s)-\w')
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_BREAKS = re.compile(r"[\s-]+")

_list = DEFAULT


def override_synonyms(text: str) -> None:
    """Search by this list from now on, in this process; "" for the one that comes with the site."""
    global _list
    _list = text or DEFAULT


def groups_in(text: str) -> tuple[Group, ...]:
    """Return the phrases of each line, in small letters and with plain spaces: (("kegel", "pelvic floor"), …)."""
    lines = (tuple(filter(None, map(_plain, line.split(",")))) for line in text.splitlines())
    return tuple(line for line in lines if line)


def synonyms_of(text: str) -> list[str]:
    """Return the phrases that mean the same as a part of `text`, without those it has, in the order of the list."""
    found = dict.fromkeys(phrase for _start, _stop, phrase in _known_in(text))
    others = [one for phrase in found for one in _by_phrase(_list)[phrase] if one not in found]
    return list(dict.fromkeys(others))


def with_synonyms(text: str) -> Query:
    """Return a full-text query in websearch syntax, each known phrase widened by its synonyms.

    Text with quotation marks or a minus is searched as it stands.
    """
    text = search_query(text)
    if _EXACT.search(text):
        return _websearch(text)
    return reduce(or_, map(_widened, _OR.split(text)))


def _widened(text: str) -> Query:
    rest = without_accents(text)
    queries: list[Query] = []
    for start, stop, phrase in reversed(_known_in(text)):
        rest = f"{rest[:start]} {rest[stop:]}"
        queries.append(_any_of(_by_phrase(_list)[phrase]))
    if rest.strip() or not queries:
        queries.append(_websearch(rest))
    return reduce(and_, queries)


def _any_of(phrases: Iterable[str]) -> SearchQuery:
    """One query for all of them: each of its own would take longer to build than to answer."""
    quoted = ("'{}'".format(phrase.replace("\\", " ").replace("'", "''")) for phrase in phrases)
    return SearchQuery(" | ".join(quoted), config=SEARCH_CONFIG, search_type="raw")


def _websearch(text: str) -> SearchQuery:
    return SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")


def _known_in(text: str) -> list[tuple[int, int, str]]:
    """Return (start, stop, phrase) of each known phrase in `text`, in order; the longest where several begin."""
    found = _pattern(_list).finditer(without_accents(text))
    return [(match.start(), match.end(), _plain(match[1])) for match in found]


def _plain(phrase: str) -> str:
    return " ".join(_BREAKS.split(without_accents(phrase).casefold())).strip()


@lru_cache(maxsize=4)
def _by_phrase(text: str) -> dict[str, Group]:
    """Return each phrase with all that mean the same, itself first."""
    found: dict[str, Group] = {}
    for group in groups_in(text):
        for phrase in group:
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, (phrase,)), *group)))
    return found


@lru_cache(maxsize=4)
def _pattern(text: str) -> re.Pattern[str]:
    phrases = sorted(_by_phrase(text), key=len, reverse=True)
    either = "|".join(r"[\s-]+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<![\w-])({either or '(?!)'})(?:'?s)?(?![\w-])", re.IGNORECASE)
