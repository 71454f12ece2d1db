"""A load generator of the standard library: several keep-alive connections, one request at a time on each."""

import socket
import threading
import time
from collections.abc import Callable

REQUESTS_A_CONNECTION = 100  # then a new one, so that no worker keeps all of them


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


def run(port: int, make_request: Callable[[int, int], bytes], connections: int, seconds: float) -> Result:
    """Send requests for `seconds` on each connection; `make_request(connection, number)` returns the bytes to send."""
    result = Result()
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_ask, args=(port, make_request, index, end, result))
        for index in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - began
    return result


def _ask(
    port: int, make_request: Callable[[int, int], bytes], index: int, end: float, result: Result
) -> None:
    number = 0
    while time.perf_counter() < end:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(REQUESTS_A_CONNECTION):
                request = make_request(index, number)
                number += 1
                began = time.perf_counter()
                connection.sendall(request)
                status, keeps = read_response(connection)
                now = time.perf_counter()
                result.latencies.append(now - began)
                if not status.startswith(b"2"):
                    result.refused.append(status)
                if not keeps or now > end:
                    break


def read_response(connection: socket.socket) -> tuple[bytes, bool]:
    """Read one response to its end. Return its status, and whether the connection stays open."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return b"closed", False
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    head = head.lower()
    missing = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0) - len(body)
    while missing > 0:
        part = connection.recv(65536)
        if not part:
            return b"cut short", False
        missing -= len(part)
    return head.split(b" ", 2)[1], b"connection: close" not in head
