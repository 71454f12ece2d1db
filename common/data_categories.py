"""How a room tells what it holds about one person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class DataCategory:
    """One kind of rows about a person.

    `title` and `why` are for her to read. `left_out` are columns that would help only a thief: a password's hash,
    a session's key. `in_words` gives what a row says as (what, words) beyond its plain columns, which are then left
    out of what she reads, but not of the JSON.
    """

    key: str
    title: str
    why: str
    rows: QuerySet
    left_out: tuple[str, ...] = ()
    in_words: Callable[[Model], Iterable[tuple[str, str]]] | None = None
    said_in_words: tuple[str, ...] = field(default=())

    @property
    def model(self):
        """The model of its rows."""
        return self.rows.model
