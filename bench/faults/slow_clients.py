"""Slow clients of a web server in a process of their own: `python -m bench.faults.slow_clients PORT HOW_MANY`.

Says each second how many are connected. Of ten, eight never say who they are talking to (the handshake of TLS); the
others say a request's head or body byte by byte, or do not take the answer.
"""

import asyncio
import contextlib
import resource
import ssl
import sys
from collections import Counter

HOST = "localhost"
NEW_A_SECOND = 250
ADDRESSES = 200  # that they come from: nginx lets each have 100 requests under way
KINDS = ("head", "body", "answer") + 7 * ("handshake",)
HEAD = f"GET /articles/cesarean-scar/ HTTP/1.1\r\nHost: {HOST}\r\n"
FORM = f"POST /search/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
SAID = {"head": HEAD, "body": FORM, "answer": HEAD + "\r\n", "handshake": "\x16"}


async def besiege(port: int, how_many: int) -> None:
    """Be so many, until killed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    now: Counter[str] = Counter()
    everybody = [asyncio.create_task(be_slow(port, trusting, number, now)) for number in range(how_many)]
    while everybody:
        print(now.total(), flush=True)
        await asyncio.sleep(1)


async def be_slow(port: int, trusting: ssl.SSLContext, number: int, now: Counter[str]) -> None:
    """Connect, and again whenever it is shown out."""
    kind = KINDS[number % len(KINDS)]
    secured = {} if kind == "handshake" else {"ssl": trusting, "server_hostname": HOST}
    local = (f"127.0.1.{number % ADDRESSES + 1}", 0)
    await asyncio.sleep(number / NEW_A_SECOND)
    while True:
        with contextlib.suppress(OSError):
            reading, writing = await asyncio.open_connection(
                "127.0.0.1", port, local_addr=local, limit=1024, **secured
            )
            now[kind] += 1
            with contextlib.suppress(OSError):
                await speak(reading, writing, kind)
            now[kind] -= 1
            writing.close()
        await asyncio.sleep(1)


async def speak(reading: asyncio.StreamReader, writing: asyncio.StreamWriter, kind: str) -> None:
    """Begin, and say a byte in five seconds, until the server ends it."""
    writing.write(SAID[kind].encode("latin-1"))
    while not (writing.is_closing() or reading.at_eof()):
        await asyncio.sleep(5)
        if kind in ("head", "body"):
            writing.write(b"X")
            await writing.drain()


if __name__ == "__main__":
    asyncio.run(besiege(int(sys.argv[1]), int(sys.argv[2])))
