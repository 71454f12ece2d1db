"""Parts of pages that are the same for everybody, rendered once in each process."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.urls import get_script_prefix
from django.utils.translation import get_language

from common.unchanging import ByIdentity, Unchanging

MOST = 512  # of one kind; a part weighs a few KB

Rendered = TypeVar("Rendered")

_texts_version = 0


class Given:
    """Values of a template rendered once, by name: texts, numbers, days, codes, Unchanging objects, and what holds only these.

    Anything else is of one person or may change, and raises TypeError. A time does, too: it is shown in one's own zone.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self._key = tuple((name, _key_of(value)) for name, value in values.items())
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and other._key == self._key


def _key_of(value: Any) -> Hashable:
    """Return what stands for a value: equal only where the values are rendered the same."""
    kind = type(value)
    if isinstance(value, Unchanging):
        return ByIdentity(value)
    if value is None or kind is date or isinstance(value, (str, int, Enum)):
        return kind, value
    if isinstance(value, (tuple, list)):
        return kind, tuple(map(_key_of, value))
    if kind is dict:
        return tuple((name, _key_of(one)) for name, one in value.items())
    if is_dataclass(value) and kind.__dataclass_params__.frozen:
        return kind, tuple(_key_of(getattr(value, one.name)) for one in fields(kind))
    raise TypeError(f"A part rendered once is given a {kind.__name__}, which is of one person or may change.")


def rendered_once(render: Callable[..., Rendered]) -> Callable[..., Rendered]:
    """Keep what `render` returns for its arguments, which with the language must be all it depends on.

    HTML, or data for a script, which nobody may change. So it is given neither request nor user. Kept until the therapist
    changes a text.
    """

    @lru_cache(MOST)
    def in_version(_version: int, _language: str | None, *args: object) -> Rendered:
        return render(*args)

    @wraps(render)
    def rendered(*args: object) -> Rendered:
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
