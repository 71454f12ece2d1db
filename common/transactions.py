"""Transactions of what is sent most often, whose statements the server plans once a connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from common.postgresql.statements import CannotBePreparedError, Connection

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def prepared_transaction(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Run the function in a transaction, as `transaction.atomic` does, with its PreparedQueries prepared.

    Where one of them cannot be, as after a migration, everything is taken back and the function is run again without. So
    it changes nothing but the database. Within another transaction nothing is prepared.
    """

    @wraps(function)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        if not transaction.get_connection().in_atomic_block:
            with suppress(CannotBePreparedError), _preparing(), transaction.atomic():
                return function(*args, **kwargs)
        with transaction.atomic():
            return function(*args, **kwargs)

    return run


@contextmanager
def _preparing() -> Iterator[None]:
    """Have statements prepared in transactions, too, where the connection prepares any."""
    connection = transaction.get_connection()
    connection.ensure_connection()
    opened = connection.connection
    if not isinstance(opened, Connection):  # through a pooler
        yield
        return
    opened.prepares_in_transaction = True
    try:
        yield
    finally:
        opened.prepares_in_transaction = False
