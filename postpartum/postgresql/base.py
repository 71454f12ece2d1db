"""The wrapper that Django makes for each connection."""

import time
from typing import Any

from common.postgresql import base
from postpartum.postgresql.hung import watch
from postpartum.stalled import note_failure, waiting


class DatabaseWrapper(base.DatabaseWrapper):
    """Notes that a request waits for connecting, and for the look whether a kept connection still works.

    Neither is a statement that an `execute_wrapper` sees.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; raise OperationalError where the request has waited in vain before."""
        with waiting():
            made = super().get_new_connection(conn_params)
        watch(made)
        return made

    def is_usable(self) -> bool:
        """Return whether the server answers on this connection."""
        began = time.monotonic()
        with waiting():
            is_usable = super().is_usable()
        if not is_usable:
            note_failure(began)
        return is_usable
