"""Pages compressed by libdeflate: smaller than by the standard library's zlib, and in less time."""

import secrets
from collections.abc import Iterable
from functools import lru_cache

import deflate

SMALLEST_PACKED = 200  # bytes; shorter ones are not worth it
KEPT_LEVEL = 9  # of 12: smaller than zlib's best; 10 takes five times as long
ONCE_LEVEL = 5  # as small as zlib's 6, which Django uses, within 1.5 %
FILE_NAME = 8  # the flag in the fourth byte of gzip's header that a file's name follows (RFC 1952)
HEADER_BYTES = 10
MOST_RANDOM_BYTES = 100


def packed_to_keep(body: bytes) -> bytes:
    """Return a page that many are sent, compressed with gzip."""
    return bytes(deflate.gzip_compress(body, KEPT_LEVEL))


def packed_once(body: bytes) -> bytes:
    """Return a page made for one request, compressed with gzip.

    A name of random length is in its header, as Django does it, so that nobody guesses a secret on the page by the
    lengths of many answers (BREACH).
    """
    packed = deflate.gzip_compress(body, ONCE_LEVEL)
    header = bytearray(packed[:HEADER_BYTES])
    header[3] = FILE_NAME
    name = b"a" * secrets.randbelow(MOST_RANDOM_BYTES) + b"\0"
    return bytes(header) + name + packed[HEADER_BYTES:]


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Return whether a browser with this Accept-Encoding takes gzip (RFC 9110, 12.5.3)."""
    weights = dict(_weights(header.split(",")))
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weights(codings: Iterable[str]) -> Iterable[tuple[str, float]]:
    for coding in codings:
        name, _, parameter = coding.strip().lower().partition(";")
        number = parameter.strip().removeprefix("q=")
        try:
            yield name.strip(), float(number) if number else 1.0
        except ValueError:
            yield name.strip(), 0.0
