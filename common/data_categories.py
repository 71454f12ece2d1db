"""How an app declares which personal data it holds, for the member's privacy page, export and erasure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class DataCategory:
    """One kind of rows about a person.

    `title` and `why` are for the member to read. `left_out` are columns that would help only a thief, such as a
    password's hash or a session's key. `in_words` returns a row's content as (question, answer) texts; the columns in
    `said_in_words` are then left out of the readable copy, but not of the JSON.
    """

    key: str
    title: str
    why: str
    rows: QuerySet
    left_out: tuple[str, ...] = ()
    in_words: Callable[[Any], Iterable[tuple[str, str]]] | None = None  # takes a row of `model`
    said_in_words: tuple[str, ...] = field(default=())

    @property
    def model(self) -> type[Model]:
        """Return the model of its rows."""
        return self.rows.model
