"""Parts of pages that are the same for everybody, rendered once in each process."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, wraps
from html import escape
from typing import Any, TypeVar

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
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


class Blank:
    """Stands for a value that is of one person, where a part is rendered once: it is written as it is, and not looked at."""

    def __init__(self, name: str) -> None:
        self.mark = f"\0{name}\0"  # no page holds this character

    def __str__(self) -> str:
        return self.mark

    def __bool__(self) -> bool:
        raise TypeError("A value that is filled in later decides nothing.")


class PartToFill:
    """A template rendered once but for some values, which are filled in for each page: a name, a number, a token.

    `blanks` are their names. The template writes each as it is, anywhere and any number of times, and decides by none.
    What else it needs is given as to `include_once`.
    """

    def __init__(self, template: str, *blanks: str) -> None:
        self._template, self._blanks = template, {name: Blank(name) for name in blanks}
        self._pieces = rendered_once(self._rendered)

    def __call__(self, values: Mapping[str, object], **given: object) -> SafeString:
        """Return the part with `values` in place of the blanks, escaped unless safe. Raise KeyError where one is missing."""
        return self.all([values], **given)

    def all(self, rows: Iterable[Mapping[str, object]], **given: object) -> SafeString:
        """Return the part once for each of `rows`, one after the other."""
        pieces = self._pieces(Given(given))
        texts, names = pieces[::2], pieces[1::2]
        found: list[str] = []
        for values in rows:
            for text, name in zip(texts, names, strict=False):  # the last text follows no name
                value = values[name]
                found += text, value if isinstance(value, SafeString) else escape(str(value))
            found.append(texts[-1])
        return SafeString("".join(found))

    def _rendered(self, given: Given) -> tuple[str, ...]:
        """Return the texts between the blanks, and their names, in turns."""
        return tuple(render_to_string(self._template, {**given.values, **self._blanks}).split("\0"))


def texts_version() -> int:
    """Return a number that rises whenever the therapist changes a text; what was rendered with another one is old."""
    return _texts_version


def forget_rendered() -> None:
    """Have every part rendered anew, in this process. What is being rendered now with the old texts is not kept."""
    global _texts_version
    _texts_version += 1
