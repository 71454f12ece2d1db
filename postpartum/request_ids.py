"""A random id for each request: in its log lines, its error report and on its error page, and in nothing else."""

import secrets
from contextvars import ContextVar

NONE = "-"
_present: ContextVar[str] = ContextVar("request_id", default=NONE)


def begin() -> str:
    """Give the request that begins here an id, and return it: 12 hexadecimal digits."""
    number = secrets.token_hex(6)
    _present.set(number)
    return number


def end() -> None:
    """Forget the id."""
    _present.set(NONE)


def present() -> str:
    """Return the id of the present request; "-" outside of one."""
    return _present.get()
