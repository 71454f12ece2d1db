"""The things in an export file, as they stand there. What they mean is for `rules`.

`number` counts them in the order in which they begin, from 1. `fields` are the texts by tag, with the prefixes
WordPress itself uses; a field that is missing is an empty text.
"""

from dataclasses import dataclass, field


class Fields(dict):
    """Texts by tag; what is missing is empty."""

    def __missing__(self, tag: str) -> str:
        return ""

    def number(self, tag: str) -> int | None:
        """A whole number from 0 to what the database can hold, or None."""
        text = self[tag].strip()
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            return None
        return int(text)


@dataclass(slots=True)
class Record:
    """An author, category, tag, other term, item or comment; `tag` says which.

    What `is_too_long` had a text that was too long to read whole; what `is_cut` was open when the file ended.
    """

    tag: str
    number: int
    fields: Fields = field(default_factory=Fields)
    meta: Fields = field(default_factory=Fields)
    terms: list = field(default_factory=list)
    item_number: int | None = None
    is_too_long: bool = False
    is_cut: bool = False

    @property
    def weight(self) -> int:
        """About how many characters it holds."""
        return sum(map(len, self.fields.values()))


@dataclass(frozen=True, slots=True)
class TermOfItem:
    """A category or tag as an item names it: `taxonomy` is category, post_tag or another's name."""

    taxonomy: str
    slug: str
    name: str
