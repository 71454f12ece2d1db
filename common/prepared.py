"""Queries whose SQL is built once in each process: for what every page asks, building takes longer than running."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=Model)


class Parameter(Expression):
    """A value of a PreparedQuery that each call gives by `name`: a number, text, date, UUID or boolean."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a placeholder, and itself in place of the value."""
        return "%s", [self]


class PreparedQuery(Generic[Row]):
    """The query of the queryset that `build` returns, with a Parameter for each value that differs between calls.

    Only for querysets of whole models, annotated or not, without prefetching; deferred fields and joins are as usual.
    """

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self._build = build

    def __call__(self, **values: Any) -> list[Row]:
        """Run the query with these values of its parameters (one query). Raise KeyError where one is missing."""
        sql, params, compiler, converters = self._compiled
        bound = [values[one.name] if isinstance(one, Parameter) else one for one in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            rows = cursor.fetchall()
        fetched: Any = _Fetched(compiler, compiler.apply_converters(rows, converters))
        return list(ModelIterable(fetched))

    def first(self, **values: Any) -> Row | None:
        """Return the first row, None without one (one query)."""
        return next(iter(self(**values)), None)

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any], Any, dict[int, Any]]:
        compiler = self._build().query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return sql, params, compiler, dict(_converters(compiler))


def _converters(compiler: Any) -> Iterator[tuple[int, Any]]:
    """Yield the converters of each column that needs some; an encrypted one is decrypted when it is read."""
    columns = [column for column, _sql, _alias in compiler.select]
    annotations = compiler.annotation_col_map.values()  # which no field of the model reads
    for place, (converters, column) in compiler.get_converters(columns).items():
        when_read = getattr(column.output_field, "from_db_when_read", None)
        yield place, ([when_read] if when_read and place not in annotations else converters, column)


class _Fetched:
    """Rows of a compiled query, in the places where ModelIterable looks for a queryset, its query and its compiler."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, compiler: Any, rows: Iterator[Sequence[Any]]) -> None:
        self.query = self
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        self._rows = rows

    def get_compiler(self, using: str) -> _Fetched:
        return self

    def execute_sql(self, **options: Any) -> None:
        """The rows have been fetched."""

    def results_iter(self, results: None) -> Iterator[Sequence[Any]]:
        return self._rows
