"""Rows named by what a request says, which may be anything."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Manager, Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def row_or_404(rows: "type[Row] | Manager[Row] | QuerySet[Row]", pk: Any = None, **by: Any) -> Row:
    """Return the row with this primary key, or with these fields.

    Raise Http404 where there is none, and for what is no key at all.
    """
    try:
        return get_object_or_404(rows, **(by or {"pk": pk}))
    except (TypeError, ValueError, ValidationError) as error:
        raise Http404 from error
