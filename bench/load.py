"""A load generator of the standard library: several keep-alive connections, one request at a time on each.

One thread waits for all of them: threads would take turns, and take more of the CPU that is to be measured.
"""

import re
import select
import socket
import time
from collections.abc import Callable

REQUESTS_A_CONNECTION = 100  # then a new one, so that no worker keeps all of them
MOST_RECEIVED = 65_536  # bytes at once; for many more, each call would be given new memory by the system
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Result:
    """Measurements of one round: duration, latencies in seconds, and the statuses of refused requests."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.latencies = []
        self.refused = []

    @property
    def rate(self) -> float:
        """Answered requests per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the latency in milliseconds that `share` (0 to 1) of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection that asks, waits for the whole answer, and asks again."""

    def __init__(self, port: int, index: int, make_request: Callable[[int, int], bytes]) -> None:
        self._port, self._index, self._make_request = port, index, make_request
        self._number = 0
        self.open()

    def open(self) -> None:
        """Connect anew."""
        self.socket = socket.create_connection(("127.0.0.1", self._port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = REQUESTS_A_CONNECTION

    def send(self) -> None:
        """Send the next request."""
        request = self._make_request(self._index, self._number)
        self._number += 1
        self._left -= 1
        self._received, self._missing = b"", None
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Read what has come. Return the status once the answer is whole, else None."""
        part = self.socket.recv(MOST_RECEIVED)
        if not part:
            self._left = 0
            return b"closed"
        self._received += part
        if self._missing is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return None
            length = LENGTH.search(self._received, 0, end)
            self._missing = end + 4 + (int(length[1]) if length else 0)
            if CLOSES.search(self._received, 0, end):
                self._left = 0
        return self._received[9:12] if len(self._received) >= self._missing else None

    @property
    def is_used_up(self) -> bool:
        """Whether the next request needs a new connection."""
        return self._left <= 0


def run(
    port: int,
    make_request: Callable[[int, int], bytes],
    connections: int,
    seconds: float,
    expected: bytes = b"20",
) -> Result:
    """Send requests for `seconds` on each connection; `make_request(connection, number)` returns the bytes to send.

    Answers whose status does not begin with `expected` count as refused.
    """
    result = Result()
    began = time.perf_counter()
    with select.epoll() as waiting:
        asked = {}
        for index in range(connections):
            _send_first(waiting, asked, Connection(port, index, make_request))
        while asked:
            for number, _event in waiting.poll():
                connection = asked[number]
                status = connection.receive()
                if status is not None:
                    now = time.perf_counter()
                    result.latencies.append(now - connection.began)
                    if not status.startswith(expected):
                        result.refused.append(status)
                    _go_on(waiting, asked, connection, now < began + seconds)
    result.seconds = time.perf_counter() - began
    return result


def _go_on(
    waiting: select.epoll, asked: dict[int, Connection], connection: Connection, is_time: bool
) -> None:
    """Send the next request, on a new connection where this one is used up; or end."""
    if is_time and not connection.is_used_up:
        connection.send()
        return
    waiting.unregister(connection.socket)
    del asked[connection.socket.fileno()]
    connection.socket.close()
    if is_time:
        connection.open()
        _send_first(waiting, asked, connection)


def _send_first(waiting: select.epoll, asked: dict[int, Connection], connection: Connection) -> None:
    asked[connection.socket.fileno()] = connection
    waiting.register(connection.socket, select.EPOLLIN)
    connection.send()
