"""Queries and new rows whose SQL is built once in each process: for what is often asked, building takes longer than running."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from inspect import getattr_static
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init

from common.postgresql.statements import Statement

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
        sql, params, compiler, converters, make = self._compiled
        bound = [values[one.name] if isinstance(one, Parameter) else one for one in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            rows = cursor.fetchall()
        return [make(row) for row in compiler.apply_converters(rows, converters)]

    def first(self, **values: Any) -> Row | None:
        """Return the first row, None without one (one query)."""
        return next(iter(self(**values)), None)

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any], Any, dict[int, Any], Callable[[Sequence[Any]], Row]]:
        compiler = self._build().query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        varying = [place for place, one in enumerate(params) if isinstance(one, Parameter)]
        return Statement(sql, varying), params, compiler, dict(_converters(compiler)), _row_maker(compiler)


class PreparedInsert(Generic[Row]):
    """Inserts new rows of a model whose key the database makes, as `bulk_create` does: no signal is sent.

    For fields that take what the row holds: no files, and no time that is set when a row is saved.
    """

    def __init__(self, model: type[Row]) -> None:
        self._model = model

    def __call__(self, *rows: Row) -> None:
        """Insert the rows, and give each its key (one query, none without rows)."""
        if not rows:
            return
        sql, one_row, columns = self._compiled
        values = [prepare(getattr(row, name), connection) for row in rows for name, prepare in columns]
        with connection.cursor() as cursor:
            cursor.execute(sql % ", ".join([one_row] * len(rows)), values)
            keys = cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    @cached_property
    def _compiled(self) -> tuple[str, str, list[tuple[str, Callable[[Any, Any], Any]]]]:
        meta, quoted = self._model._meta, connection.ops.quote_name
        fields: list[Any] = [field for field in meta.local_concrete_fields if not field.primary_key]
        names = ", ".join(quoted(field.column) for field in fields)
        one_row = ", ".join(_placeholder(field) for field in fields)
        key: Any = meta.pk
        into = f"INSERT INTO {quoted(meta.db_table)} ({names})"
        sql = f"{into} VALUES %s RETURNING {quoted(key.column)}"
        return sql, f"({one_row})", [(field.attname, field.get_db_prep_save) for field in fields]


def _placeholder(field: Any) -> str:
    """Return the placeholder of a value: that of an array names its type."""
    placeholder: str = (
        field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s"
    )
    return placeholder


def _converters(compiler: Any) -> Iterator[tuple[int, Any]]:
    """Yield the converters of each column that needs some; an encrypted one is decrypted when it is read."""
    columns = [column for column, _sql, _alias in compiler.select]
    annotations = compiler.annotation_col_map.values()  # which no field of the model reads
    for place, (converters, column) in compiler.get_converters(columns).items():
        when_read = getattr(column.output_field, "from_db_when_read", None)
        yield place, ([when_read] if when_read and place not in annotations else converters, column)


def _row_maker(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row an instance of the query's model, with those it is joined with, as ModelIterable does."""
    klass_info, annotations = _made_directly(compiler.klass_info), compiler.annotation_col_map.items()
    related: Any = get_related_populators
    populators = related(klass_info, compiler.select, DEFAULT_DB_ALIAS)
    first, last = klass_info["select_fields"][0], klass_info["select_fields"][-1]
    names = [column.target.attname for column, _sql, _alias in compiler.select[first : last + 1]]
    from_db = klass_info["model"].from_db
    if not populators and not annotations:
        return lambda row: from_db(DEFAULT_DB_ALIAS, names, row[first : last + 1])

    def make(row: Sequence[Any]) -> Any:
        made = from_db(DEFAULT_DB_ALIAS, names, row[first : last + 1])
        for populator in populators:
            populator.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return make


def _made_directly(klass_info: dict[str, Any]) -> dict[str, Any]:
    """Return how to make the rows' models, with a _DirectMaker for each that asks for no more when one is made."""
    model = klass_info["model"]
    related = map(_made_directly, klass_info.get("related_klass_infos", ()))
    is_plain = (
        model.__init__ is Model.__init__
        and getattr_static(model, "from_db") is getattr_static(Model, "from_db")
        and not pre_init.has_listeners(model)
        and not post_init.has_listeners(model)
    )
    maker = _DirectMaker(model) if is_plain else model
    return klass_info | {"model": maker, "related_klass_infos": list(related)}


class _DirectMaker:
    """Stands for a model where its instances are made: what was read is put into them as it is.

    Model.__init__ sets each value by itself, which takes a row of ten columns 45 calls.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model, self._meta = model, model._meta

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        """Return an instance with these values of the named fields; the other fields are deferred."""
        made = self._model.__new__(self._model)
        made._state = state = ModelState()
        state.db, state.adding = db, False
        made.__dict__.update(zip(names, values, strict=True))
        return made
