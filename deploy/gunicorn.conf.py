"""How gunicorn serves the site: behind a web server that speaks HTTPS, or alone on one's own machine."""

import os
import sys
from pathlib import Path

from django.db import OperationalError, connection
from django.urls import get_resolver
from environ import Env

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # the code is loaded once and shared by the workers

timeout = 30
graceful_timeout = 15
keepalive = 5
max_requests = 2000
max_requests_jitter = 200

# A worker's sign of life is a file it touches; on a disk that can stall, on shared memory never.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# Addresses say what a woman read or reported; the web server in front keeps what it must.
accesslog = "-" if Env().bool("DEBUG", default=False) else None
access_log_format = '%(t)s "%(r)s" %(s)s %(b)s %(M)s ms'
errorlog = "-"
loglevel = "warning"


OTHERS = 5  # connections for the worker, a backup, a command, somebody who looks
CONNECTIONS = """
    SELECT sum(setting::int * CASE name WHEN 'max_connections' THEN 1 ELSE -1 END) FROM pg_settings
    WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
"""


def on_starting(server):
    """Refuse to start where visitors could use up the database."""
    needed = (
        2 * server.cfg.workers * server.cfg.threads + OTHERS
    )  # twice, for a restart has old and new side by side
    room = connections_taken_by_database()
    if room is not None and needed > room:
        sys.exit(
            f"{server.cfg.workers} processes of {server.cfg.threads} threads may need {needed} connections, "
            f"but the database takes {room}. Lower WEB_CONCURRENCY, or raise max_connections of PostgreSQL."
        )


def when_ready(server):
    """Load all views now, before the workers are made, rather than while the first visitor waits."""
    get_resolver().url_patterns  # noqa: B018 — asking for them is what loads them


def connections_taken_by_database():
    """How many it takes from ordinary users; None while it is away. None of ours is left for the workers to share."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(CONNECTIONS)
            return cursor.fetchone()[0]
    except OperationalError:
        return None
    finally:
        connection.close()
