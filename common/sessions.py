"""Sessions in the database, as Django keeps them, found by a query built once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from common.prepared import Parameter, PreparedQuery

_CURRENT = PreparedQuery(
    lambda: SessionStore.get_model_class().objects.filter(
        session_key=Parameter("key"), expire_date__gt=Parameter("now")
    )
)


class SessionStore(db.SessionStore):
    """The sessions of SESSION_ENGINE."""

    def _get_session_from_db(self) -> Any:
        """Return the row of the session; without one, forget its key."""
        for row in _CURRENT(key=self.session_key, now=timezone.now()):
            return row
        self._session_key = None
        return None
