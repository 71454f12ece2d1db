"""How gunicorn serves the site: behind a web server that speaks HTTPS, or alone on one's own machine."""

import os
from pathlib import Path

from django.urls import get_resolver

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
accesslog = None  # addresses say what a woman read or reported; the web server in front keeps what it must
errorlog = "-"
loglevel = "warning"


def when_ready(server):
    """Load all views now, before the workers are made, rather than while the first visitor waits."""
    get_resolver().url_patterns  # noqa: B018 — asking for them is what loads them
