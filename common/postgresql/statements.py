"""Statements that the server plans once a connection: of what pages often ask, planning takes longer than running."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

from psycopg2 import ProgrammingError, errors, extensions

PLAIN_RUNS = 2  # on one connection, before it is worth preparing

# The types of its parameters cannot be told, its columns have changed since, or the server does not know it: another one
# answers, behind a pooler that nobody mentioned.
CANNOT_BE_PREPARED = (ProgrammingError, errors.FeatureNotSupported, errors.InvalidSqlStatementName)


class CannotBePreparedError(BaseException):
    """A statement of a transaction has turned out not to be prepared, which has ended the transaction.

    No Exception, so that nothing takes it for a failure of its own: the transaction is run again. See `common.transactions`.
    """


class Statement(str):
    """SQL of whose parameters only those at `varying`, counted from 0, have other values each time it is run."""

    __slots__ = ("varying",)

    varying: tuple[int, ...]

    def __new__(cls, sql: str, varying: Sequence[int]) -> "Statement":
        """Return the SQL as a statement."""
        made = super().__new__(cls, sql)
        made.varying = tuple(varying)
        return made


class Connection(extensions.connection):
    """A connection that knows what it has prepared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.runs: Counter[Statement] = Counter()
        self.prepared: dict[Statement, str] = {}  # and how it is run
        self.plain: set[Statement] = set()  # cannot be prepared
        self.prepares_in_transaction = False


class Cursor(extensions.cursor):
    """A cursor that has a Statement prepared and runs that.

    In a transaction, which a failure would end, it does so only where that is run again then.
    """

    connection: Connection
    prepares = True

    def execute(self, sql: Any, params: Any = None) -> None:
        """Run the SQL with these parameters."""
        if isinstance(sql, Statement) and self._may_prepare(sql):
            known = self.connection.prepared
            try:
                if sql not in known:
                    known[sql] = self._prepare(sql, params)
                return super().execute(known[sql], [params[place] for place in sql.varying])
            except CANNOT_BE_PREPARED as error:
                self.connection.plain.add(sql)
                if not self.connection.autocommit:
                    raise CannotBePreparedError from error
        return super().execute(sql, params)

    def _may_prepare(self, sql: Statement) -> bool:
        """Return whether a statement is run so often that it should be prepared, and can be."""
        connection = self.connection
        may = connection.autocommit or connection.prepares_in_transaction
        if not self.prepares or not may or sql in connection.plain:
            return False
        if sql in connection.prepared:
            return True
        connection.runs[sql] += 1
        return connection.runs[sql] > PLAIN_RUNS

    def _prepare(self, sql: Statement, params: Sequence[Any]) -> str:
        """Have the server prepare a statement. Return the SQL that runs it, with a placeholder for each varying value."""
        numbers = {place: f"${number}" for number, place in enumerate(sql.varying, start=1)}
        values = [
            numbers.get(place) or self.mogrify("%s", [value]).decode() for place, value in enumerate(params)
        ]
        text = sql % tuple(values)
        # Named after its text: who has prepared this name before, on a server behind a pooler, has prepared the same.
        name = f"s{sha256(text.encode()).hexdigest()[:24]}"
        with suppress(errors.DuplicatePreparedStatement):
            super().execute(f"PREPARE {name} AS {text}")
        placeholders = ", ".join(["%s"] * len(sql.varying))
        return f"EXECUTE {name} ({placeholders})" if placeholders else f"EXECUTE {name}"
