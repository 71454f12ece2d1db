"""Tokens of forms as django.middleware.csrf makes them, in a few steps instead of 550 calls."""

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token

_COUNT = len(CSRF_ALLOWED_CHARS)
_PLACES = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}
# Bytes from here on are dropped, so that each letter stands for as many bytes as each other.
_UNEVEN = 256 - 256 % _COUNT
_LETTERS = bytes(ord(CSRF_ALLOWED_CHARS[byte % _COUNT]) for byte in range(256))
_DROPPED = bytes(range(_UNEVEN, 256))


def token_of(request: HttpRequest) -> str:
    """Return a token for a form, masked anew each time, and have the cookie sent with the answer."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    mask = random_letters()
    return mask + "".join(
        [CSRF_ALLOWED_CHARS[(_PLACES[x] + _PLACES[y]) % _COUNT] for x, y in zip(secret, mask, strict=True)]
    )


def random_letters() -> str:
    """Return as many random letters and digits as a secret has, each as likely as each other."""
    letters = b""
    while len(letters) < CSRF_SECRET_LENGTH:
        letters += secrets.token_bytes(CSRF_SECRET_LENGTH + 16).translate(_LETTERS, _DROPPED)
    return letters[:CSRF_SECRET_LENGTH].decode()
