"""How a conversation is laid out: who stands under whom, and what fits on one page.

Pure: no database, no clock, no HTML of a comment's own; the caller brings the finished card of each comment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

MAX_DEPTH = 3
PAGE_SIZE = 100
CARD_END = "</article>"


class Entry(NamedTuple):
    """One comment as it comes from the rows; `shown` is false for one that may no longer be read."""

    id: int
    parent_id: int | None
    shown: bool


class Line(NamedTuple):
    """One comment in its place on a page.

    `depth` counts from 0. `reply_to` is the id of the comment it answers where its place does not say so
    (the thread is deeper than we indent, or the answered comment stands on an earlier page), else None.
    """

    id: int
    depth: int
    reply_to: int | None
    shown: bool


def arrange(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in reading order: each followed by its replies, oldest first as they came.

    A hidden entry stays only while something readable hangs below it, so that no reply is lost. An entry
    whose parent is unknown, or that would be its own ancestor, is read as the start of a thread.
    """
    entries = list(entries)
    by_id = {entry.id: entry for entry in entries}
    children = defaultdict(list)
    for entry in entries:
        children[entry.parent_id if entry.parent_id in by_id else None].append(entry)

    ordered, seen = [], set()
    for start in [*children[None], *entries]:  # the second half reaches only what a cycle cut off
        stack = [start]
        while stack:
            entry = stack.pop()
            if entry.id not in seen:
                seen.add(entry.id)
                ordered.append(entry)
                stack.extend(reversed(children[entry.id]))
    return _without_empty(ordered)


def _without_empty(ordered: list[Entry]) -> list[Entry]:
    """Drop the hidden entries below which nothing is shown; expects reading order."""
    needed: set[int | None] = set()
    kept = []
    for entry in reversed(ordered):
        if entry.shown or entry.id in needed:
            needed.add(entry.parent_id)
            kept.append(entry)
    kept.reverse()
    return kept


def pages(ordered: Sequence[Entry], size: int = PAGE_SIZE) -> list[Sequence[Entry]]:
    """The entries cut into pages of at most `size`; a long thread goes on over the page."""
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def lay_out(page: Sequence[Entry], max_depth: int = MAX_DEPTH) -> list[Line]:
    """The lines of one page; `max_depth` is the deepest step that is still indented (0 is flat)."""
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
    """The lines of a page as articles within articles; `card` gives the safe HTML of each but for its end tag,
    before which the answers go."""
    parts = []
    level = -1
    for line in lines:
        parts.append(CARD_END * (level - line.depth + 1))
        parts.append(card(line))
        level = line.depth
    parts.append(CARD_END * (level + 1))
    return "".join(parts)
