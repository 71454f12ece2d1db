"""gunicorn's configuration, behind a web server that terminates HTTPS or alone on a developer's machine."""

import os
import sys
from pathlib import Path

from django.db import OperationalError, connection
from django.urls import get_resolver
from environ import Env
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from postpartum.postgresql.hung import start_ending

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # the code is loaded once and shared by the workers

timeout = 30
graceful_timeout = 15
keepalive = 5
max_requests = 50_000  # most take no time: a new process has no kept pages
max_requests_jitter = 5_000

# Time limits of the database for pages, never for the worker, migrations or a backup, which are other processes.
# A locked table or a server that does not answer gives a page 503 instead of holding its thread.
LIMITS = {"statement_timeout": "10s", "lock_timeout": "1500ms", "idle_in_transaction_session_timeout": "60s"}
# Behind PgBouncer its pool sets them (deploy/many/pgbouncer.ini): a session there belongs to nobody.
options = [os.environ.get("PGOPTIONS", ""), *(f"-c {name}={limit}" for name, limit in LIMITS.items())]
raw_env = ["PGCONNECT_TIMEOUT=2", f"PGOPTIONS={' '.join(filter(None, options))}"]

# A worker's sign of life is a file it touches; on a disk that can stall, on shared memory never.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# Addresses say what a woman read or reported; the web server in front keeps what it must.
accesslog = "-" if Env().bool("DEBUG", default=False) else None
access_log_format = '%(t)s "%(r)s" %(s)s %(b)s %(M)s ms'
errorlog = "-"
loglevel = "warning"


RESERVED = 5  # connections for the worker, a backup, a command, somebody who looks
CONNECTIONS = """
    SELECT sum(setting::int * CASE name WHEN 'max_connections' THEN 1 ELSE -1 END) FROM pg_settings
    WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
"""


def on_starting(server: Arbiter) -> None:
    """Exit where visitors could use up the database's connections."""
    # One more than threads, which looks for changes of kept pages; twice, for a restart has old and new side by side.
    needed = 2 * server.cfg.workers * (server.cfg.threads + 1) + RESERVED
    room = None if Env().bool("DATABASE_POOLED", default=False) else available_connections()
    if room is not None and needed > room:
        sys.exit(
            f"{server.cfg.workers} processes of {server.cfg.threads} threads may need {needed} connections, "
            f"but the database takes {room}. Lower WEB_CONCURRENCY, or raise max_connections of PostgreSQL."
        )


def when_ready(server: Arbiter) -> None:
    """Load all views now, before the workers are forked, rather than during the first request."""
    get_resolver().url_patterns  # noqa: B018 — asking for them is what loads them


def post_worker_init(worker: Worker) -> None:
    """End what waits for a database that hangs, which its own limits cannot."""
    start_ending()


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Close the connection that looked for changes, where the worker came to have one."""
    close = getattr(getattr(worker, "wsgi", None), "close", None)
    if close:
        close()


def available_connections() -> int | None:
    """Return how many connections ordinary users may open; None while the database is unavailable.

    The own connection is closed, so that the workers inherit none.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(CONNECTIONS)
            return cursor.fetchone()[0]
    except OperationalError:
        return None
    finally:
        connection.close()
