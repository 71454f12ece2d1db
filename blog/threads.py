"""Thread layout: the order and depth of comments, and pagination.

Pure: no database and no clock; the caller renders each comment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

MAX_DEPTH = 3
PAGE_SIZE = 100
CARD_END = "</article>"


class Entry(NamedTuple):
    """A comment as stored; `shown` is False if it is not public."""

    id: int
    parent_id: int | None
    shown: bool


class Line(NamedTuple):
    """A comment with its place on a page.

    `depth` starts at 0. `reply_to` is the id of the parent where the indentation does not show it (the thread is deeper
    than the maximum, or the parent is on an earlier page), else None.
    """

    id: int
    depth: int
    reply_to: int | None
    shown: bool


def arrange(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries in reading order: each followed by its replies, in the order of input.

    A hidden entry stays only while a public one is below it, so that no reply is lost. An entry whose parent is unknown,
    or that is part of a cycle, starts a thread.
    """
    entries = list(entries)
    by_id = {entry.id: entry for entry in entries}
    children = defaultdict(list)
    for entry in entries:
        children[entry.parent_id if entry.parent_id in by_id else None].append(entry)

    ordered, seen = [], set()
    for start in [*children[None], *entries]:  # the second part reaches entries in a cycle
        stack = [start]
        while stack:
            entry = stack.pop()
            if entry.id not in seen:
                seen.add(entry.id)
                ordered.append(entry)
                stack.extend(reversed(children[entry.id]))
    return _without_empty(ordered)


def _without_empty(ordered: list[Entry]) -> list[Entry]:
    """Drop hidden entries without public descendants; expects reading order."""
    needed: set[int | None] = set()
    kept = []
    for entry in reversed(ordered):
        if entry.shown or entry.id in needed:
            needed.add(entry.parent_id)
            kept.append(entry)
    kept.reverse()
    return kept


def pages(ordered: Sequence[Entry], size: int = PAGE_SIZE) -> list[Sequence[Entry]]:
    """Split the entries into pages of at most `size`; a long thread continues on the next page."""
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def lay_out(page: Sequence[Entry], max_depth: int = MAX_DEPTH) -> list[Line]:
    """Return the lines of one page; `max_depth` is the deepest level that is indented (0 is flat)."""
    depth: dict[int, int] = {}
    lines = []
    for entry in page:
        own = depth[entry.parent_id] + 1 if entry.parent_id in depth else 0
        shown_by_indentation = entry.parent_id is None or 0 < own <= max_depth
        depth[entry.id] = min(own, max_depth)
        lines.append(
            Line(entry.id, depth[entry.id], None if shown_by_indentation else entry.parent_id, entry.shown)
        )
    return lines


def nest(lines: Iterable[Line], card: Callable[[Line], str]) -> str:
    """Render the lines as nested articles; `card` returns the safe HTML of a line without its end tag."""
    parts = []
    level = -1
    for line in lines:
        parts.append(CARD_END * (level - line.depth + 1))
        parts.append(card(line))
        level = line.depth
    parts.append(CARD_END * (level + 1))
    return "".join(parts)
