"""Records of an export file. `planning.rules` interprets them.

`number` counts them in the order in which they begin, from 1. `fields` are the texts by tag, with the prefixes
WordPress itself uses; a field that is missing is an empty text.
"""

from dataclasses import dataclass, field


class Fields(dict):
    """Texts by tag; missing tags are empty."""

    def __missing__(self, tag: str) -> str:
        return ""

    def number(self, tag: str) -> int | None:
        """Return the text as an integer from 0 to the database's limit, or None."""
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
        """The approximate number of characters."""
        return sum(map(len, self.fields.values()))


@dataclass(frozen=True, slots=True)
class TermOfItem:
    """A category or tag of an item: `taxonomy` is category, post_tag or a custom one."""

    taxonomy: str
    slug: str
    name: str
