"""Parts of pages that are the same for everybody, rendered once in each process."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Generic, TypeVar

from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 512  # of one kind; a part weighs a few KB

Part = TypeVar("Part")

_texts_version = 0


class ByIdentity(Generic[Part]):
    """An argument for a function `rendered_once`: an object that never changes, and is compared by identity.

    For parts of a release, which are read once in each process and cannot be hashed.
    """

    def __init__(self, it: Part) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.it is self.it


def rendered_once(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """Keep what `render` returns for its arguments, which with the language must be all it depends on.

    So it is given neither request nor user. Kept until the therapist changes a text.
    """

    @lru_cache(MOST)
    def in_version(_version: int, _language: str | None, *args: object) -> SafeString:
        return render(*args)

    @wraps(render)
    def rendered(*args: object) -> SafeString:
        if get_script_prefix() != "/":  # addresses begin with it, and a visitor may have made it up
            return render(*args)
        return in_version(_texts_version, get_language(), *args)

    return rendered


def texts_version() -> int:
    """Return a number that rises whenever the therapist changes a text; what was rendered with another one is old."""
    return _texts_version


def forget_rendered() -> None:
    """Have every part rendered anew, in this process. What is being rendered now with the old texts is not kept."""
    global _texts_version
    _texts_version += 1
