"""Ends what waits for a server that takes a connection and says nothing more, which no limit of the server's own can.

A stopped server, or one behind a broken network, would hold a page's thread until somebody else ends it.
"""

import os
import socket
import struct
import threading
import time
import weakref
from contextlib import suppress

import psycopg2

from postpartum.stalled import IDLE_SECONDS, waiting_longer_than

LOOK_SECONDS = 0.25
ANSWER_SECONDS = (
    0.7  # a server answers this within a millisecond or two, a busy one within a tenth of a second
)
SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # "may we use TLS?": answered with one byte before any sign-in

_connections: weakref.WeakValueDictionary[int, psycopg2.extensions.connection] = weakref.WeakValueDictionary()


def watch(connection: psycopg2.extensions.connection) -> None:
    """Note that this thread uses a connection."""
    _connections[threading.get_ident()] = connection


def start_ending() -> None:
    """End what hangs, from now on and in this process."""
    threading.Thread(target=_run, name="hung-connections", daemon=True).start()


def _run() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        end_hung()


def end_hung() -> None:
    """End the connections on which requests have waited for IDLE_SECONDS, if their server does not answer.

    Each server is asked once: one after the other would take ANSWER_SECONDS for each thread that waits for it.
    """
    has_answer: dict[tuple[str, int], bool] = {}
    for thread, began in waiting_longer_than(IDLE_SECONDS).items():
        connection = _connections.get(thread)
        if connection is None or connection.closed:
            continue
        place = connection.info.host, connection.info.port
        if place not in has_answer:
            has_answer[place] = answers(*place)
        if not has_answer[place] and waiting_longer_than(IDLE_SECONDS).get(thread) == began:
            _end(connection)


def answers(host: str, port: int) -> bool:
    """Return whether the server there answers somebody else than those who wait."""
    try:
        with _connected(host, port) as probe:
            probe.settimeout(ANSWER_SECONDS)
            probe.sendall(SSL_REQUEST)
            return bool(probe.recv(1))
    except OSError:
        return False


def _connected(host: str, port: int) -> socket.socket:
    """Return a connection without any sign-in, by a Unix socket where the host is a directory."""
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=ANSWER_SECONDS)
    probe = socket.socket(socket.AF_UNIX)
    probe.settimeout(ANSWER_SECONDS)
    try:
        probe.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        probe.close()
        raise
    return probe


def _end(connection: psycopg2.extensions.connection) -> None:
    """Have whoever reads from a connection find its end; to close it would wait for them."""
    with suppress(OSError, psycopg2.Error), socket.socket(fileno=os.dup(connection.fileno())) as shared:
        shared.shutdown(socket.SHUT_RDWR)
