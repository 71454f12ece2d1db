"""Tell a connection that has ended by a look at its socket, where Django asks the server first in each request."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

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
