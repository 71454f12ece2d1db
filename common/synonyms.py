"""Words that mean the same to whoever searches: the list in synonyms.txt, or the therapist's own from the desk.

One line for each meaning, with words or phrases separated by commas. A search for one of them finds all the others.
"""

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import and_, or_
from pathlib import Path

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from common.prepared import Parameter
from common.search_text import SEARCH_CONFIG, search_query, without_accents

DEFAULT = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").strip()
MAX_LETTERS = 8_000
MISSPELT = frozenset({"kegal", "cesarian", "caesarian", "csection"})  # searched for, but never shown
Query = SearchQuery | CombinedSearchQuery
Group = tuple[str, ...]
Kinds = tuple[str, ...]  # how the text of each term is read: "websearch", or "raw" for a list of phrases
Term = tuple[str, str]  # its kind and its text

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
    """Return the phrases that mean the same as a part of `text`, without those it has, in the order of the list.

    None where it is searched as it stands.
    """
    if _EXACT.search(search_query(text)):
        return []
    found = dict.fromkeys(phrase for _start, _stop, phrase in _known_in(text))
    others = [one for phrase in found for one in _by_phrase(_list)[phrase] if one not in found]
    return list(dict.fromkeys(others))


def with_synonyms(text: str) -> Query:
    """Return a full-text query in websearch syntax, each known phrase widened by its synonyms.

    Text with quotation marks or a minus is searched as it stands.
    """
    return reduce(or_, map(_all_of, _alternatives(text)))


def prepared_terms(text: str) -> tuple[Kinds, dict[str, str]] | None:
    """Return what a PreparedQuery with `query_of_kinds` is given for `text`; None where “or” stands in it."""
    found = _alternatives(text)
    if len(found) > 1:
        return None
    kinds = tuple(kind for kind, _text in found[0])
    return kinds, {f"text_{place}": one for place, (_kind, one) in enumerate(found[0])}


def query_of_kinds(kinds: Kinds) -> Query:
    """Return the query whose texts are parameters."""
    return _all_of((kind, Parameter(f"text_{place}")) for place, kind in enumerate(kinds))


def _alternatives(text: str) -> list[list[Term]]:
    """Return the terms of each alternative, between which “or” stands: all of one must be found."""
    text = search_query(text)
    if _EXACT.search(text):
        return [[("websearch", text)]]
    return [_widened(one) for one in _OR.split(text)]


def _all_of(terms: Iterable[tuple[str, str | Parameter]]) -> Query:
    queries = (SearchQuery(text, config=SEARCH_CONFIG, search_type=kind) for kind, text in terms)
    return reduce(and_, queries)


def _widened(text: str) -> list[Term]:
    rest = without_accents(text)
    terms = []
    for start, stop, phrase in reversed(_known_in(text)):
        rest = f"{rest[:start]} {rest[stop:]}"
        terms.append(("raw", _any_of(_by_phrase(_list)[phrase])))
    if rest.strip() or not terms:
        terms.append(("websearch", rest))
    return terms


def _any_of(phrases: Iterable[str]) -> str:
    """Return one query for all of them: each of its own would take longer to build than to answer."""
    return " | ".join("'{}'".format(one.replace("\\", " ").replace("'", "''")) for one in phrases)


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
