"""Converts WordPress footnotes: their markers link to the sources they become."""

import json
import re
from collections.abc import Sequence

from blog.sanitizing import plain_text

from ..addresses import web_address
from ..reporting.notes import Notes
from .paragraphs import block_of

_BLOCK = re.compile(r"<!--\s*(wp:footnotes\s[^<>]{0,50000})-->")
_MARK = re.compile(r"""<sup\s[^<>]*data-fn=["']([^"'<>]{1,100})["'][^<>]*>.{0,500}?</sup>""", re.DOTALL)
_LINK = re.compile(r"""https?://[^\s"'<>]+""")


def footnotes_of(text: str) -> list[tuple[str, str]]:
    """Parse the footnotes of the custom field; an invalid value gives none."""
    try:
        return _listed(json.loads(text or "[]"))
    except ValueError:
        return []


def mark_footnotes(text: str, footnotes: Sequence[tuple[str, str]], notes: Notes) -> str:
    """Replace the footnote markers in the text and add the footnotes to `notes`.

    `footnotes` come from the custom field; a block may have more in its attributes. Footnotes without a marker come last.
    """
    in_blocks = [
        note for block in _BLOCK.findall(text) for note in _listed(block_of(block)[1].get("footnotes"))
    ]
    waiting = dict([*footnotes, *in_blocks])

    def mark(found: re.Match[str]) -> str:
        old_id = found[1]
        if old_id in waiting:
            return notes.footnote(waiting.pop(old_id), old_id)
        return notes.mark(old_id) or found[0]

    text = _MARK.sub(mark, text) if waiting else text
    for old_id, words in waiting.items():
        notes.footnote(words, old_id)
    return text


def source_of(html: str) -> tuple[str, str]:
    """Return (text, URL) of a footnote as a source of the article."""
    link = _LINK.search(html)
    return plain_text(html), web_address(link[0].rstrip(".,;)")) if link else ""


def _listed(given: object) -> list[tuple[str, str]]:
    given = given if isinstance(given, list) else []
    return [
        (str(note["id"]), str(note["content"]))
        for note in given
        if isinstance(note, dict) and note.get("id") and note.get("content")
    ]
