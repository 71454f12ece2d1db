"""What a simulation knows already and does not read or decrypt again: rows that nothing has written since."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from unittest.mock import patch

from cryptography.fernet import MultiFernet
from django.db import connection, models

from common import encryption
from programs.facts import clearances
from programs.models import CheckIn, Clearance, SafetyHold, SessionLog
from programs.querysets.journey import (
    MAX_CHECK_INS,
    CheckInQuerySet,
    SafetyHoldQuerySet,
    SessionLogQuerySet,
)

WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
Rows = TypeVar("Rows")


@dataclass
class _Known:
    rows: Any
    tables: frozenset[str]
    is_grown: bool = False  # rows were added, and none of the others changed


class Memory:
    """The rows read in one life, until a statement writes to their table. Knows nothing outside of `at_work`."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Known] = {}
        self._listens = False

    def recall(
        self,
        key: Hashable,
        tables: Iterable[type[models.Model]],
        read: Callable[[], Rows],
        grow: Callable[[Rows], Rows] | None = None,
    ) -> Rows:
        """Return what `read` reads from `tables`; read it anew where one of them was written since.

        With `grow`, which adds the new rows to the known ones, added rows do not make the others forgotten.
        """
        if not self._listens:
            return read()
        known = self._known.get(key)
        if known is None or (known.is_grown and grow is None):
            known = _Known(read(), frozenset(table._meta.db_table for table in tables))
        elif known.is_grown and grow:
            known = _Known(grow(known.rows), known.tables)
        self._known[key] = known
        rows: Rows = known.rows
        return rows

    def forget(self) -> None:
        """Forget every row."""
        self._known.clear()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Live one life within: remember its rows and its texts, and collect its garbage at the end."""
        cipher = _Remembering(encryption.fernet())
        self._listens = True
        gc.disable()
        try:
            with ExitStack() as stack:
                stack.enter_context(patch.object(encryption, "fernet", lambda: cipher))
                stack.enter_context(connection.execute_wrapper(self._hear))
                for place, name, read in self._readers():
                    stack.enter_context(patch.object(place, name, read))
                yield
        finally:
            self._listens = False
            self.forget()
            gc.enable()
            gc.collect()

    def _readers(self) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
        """The readers of the product that are remembered: where they are, their names, and what takes their place."""
        read_logs, read_holds = SessionLogQuerySet.latest_of, SafetyHoldQuerySet.latest_of
        read_check_ins, read_clearances = CheckInQuerySet.latest_of, clearances.load_clearances

        def check_ins(queryset: Any, of: Any, most: int = MAX_CHECK_INS) -> list[CheckIn]:
            def grow(known: list[CheckIn]) -> list[CheckIn]:
                newest = max((row.pk for row in known), default=0)
                new = [row for row in read_check_ins(queryset, of) if row.pk > newest]
                return sorted([*known, *new], key=lambda row: (row.made_at, row.pk))

            rows = self.recall((CheckIn, of.pk), [CheckIn], lambda: read_check_ins(queryset, of), grow)
            return rows[-most:]

        def logs(queryset: Any, of: Any) -> list[Any]:
            return list(self.recall((SessionLog, of.pk), [SessionLog], lambda: read_logs(queryset, of)))

        def holds(queryset: Any, of: int) -> list[Any]:
            return list(self.recall((SafetyHold, of), [SafetyHold], lambda: read_holds(queryset, of)))

        def cleared(of: Any) -> list[Clearance]:
            return list(self.recall((Clearance, of.pk), [Clearance], lambda: read_clearances(of)))

        yield CheckInQuerySet, "latest_of", check_ins
        yield SessionLogQuerySet, "latest_of", logs
        yield SafetyHoldQuerySet, "latest_of", holds
        yield clearances, "load_clearances", cleared

    def _hear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Pass a statement on, and forget what it writes or rolls back."""
        if written := WRITES.match(sql):
            self._forget(written[2], is_new=written[1] == "INSERT INTO")
        elif sql.startswith("ROLLBACK"):
            self.forget()
        return execute(sql, params, many, context)

    def _forget(self, table: str, is_new: bool) -> None:
        for key in [key for key, known in self._known.items() if table in known.tables]:
            if is_new:
                self._known[key].is_grown = True
            else:
                del self._known[key]


class _Remembering:
    """A cipher that knows what it encrypted: the texts of a simulated life, which are nobody's."""

    def __init__(self, cipher: MultiFernet) -> None:
        self._cipher = cipher
        self._known: dict[bytes, bytes] = {}

    def encrypt(self, text: bytes) -> bytes:
        token = self._cipher.encrypt(text)
        self._known[token] = text
        return token

    def decrypt(self, token: bytes) -> bytes:
        return self._known.get(token) or self._cipher.decrypt(token)
