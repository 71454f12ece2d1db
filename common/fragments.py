"""Parts of pages that are the same for everybody, rendered once in each process."""

from collections.abc import Callable
from functools import lru_cache, wraps

from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 512  # of one kind; a part weighs a few KB

_texts_version = 0


def rendered_once(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """Keep what `render` returns for its arguments, which with the language must be all it depends on.

    So it is given neither request nor user. Kept until the therapist changes a text.
    """

    @lru_cache(MOST)
    def in_version(_version: int, _language: str | None, *args: object) -> SafeString:
        return render(*args)

    @wraps(render)
    def rendered(*args: object) -> SafeString:
        return in_version(_texts_version, get_language(), *args)

    return rendered


def forget_rendered() -> None:
    """Have every part rendered anew, in this process. What is being rendered now with the old texts is not kept."""
    global _texts_version
    _texts_version += 1
