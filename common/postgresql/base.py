"""A connection that tells by a look at its socket whether it has ended, where Django asks the server, and prepares statements."""

import select
from typing import Any

from django.db.backends.postgresql import base

from common.postgresql.statements import Connection, Cursor


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; through a pooler, where each statement may meet another server, nothing will be prepared."""
        if not self.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
            conn_params = conn_params | {"connection_factory": Connection, "cursor_factory": Cursor}
        return super().get_new_connection(conn_params)

    def make_debug_cursor(self, cursor: Any) -> Any:
        """Return a cursor that notes the SQL it runs, and so runs nothing by its name."""
        cursor.prepares = False
        return super().make_debug_cursor(cursor)

    def close_if_health_check_failed(self) -> None:
        """Close the connection if it has ended; only where the server has sent something unasked, ask it."""
        if self.connection is None or self.health_check_done or not is_silent(self.connection):
            super().close_if_health_check_failed()
        else:
            self.health_check_done: bool = True


def is_silent(connection: Any) -> bool:
    """Return whether there is nothing to read: a server that ends a connection says so, or its system closes it."""
    look = select.poll()
    look.register(connection.fileno(), select.POLLIN)
    return not look.poll(0)
