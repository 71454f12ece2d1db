"""Text overrides in gettext's lookup: a dictionary per process, reloaded from the rows every so often.

An override must win over a language's own translation, and a fallback (`NullTranslations.add_fallback`) is consulted
only where there is none. So the lookup stands in front: the `gettext` of each language's translation object asks the
overrides first. Texts with a context or a plural cannot be overridden, so `pgettext` and `ngettext` need nothing.
"""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import trans_real

from blog.services import reload_menus
from common.fragments import forget_rendered
from common.synonyms import override_synonyms
from postpartum.models import TextOverride
from postpartum.practice import reload_practice
from postpartum.text_overrides.entries import SYNONYMS

_overrides: dict[tuple[str, str], str] = {}  # {(language, original): text}
_with_lookup: dict[str, trans_real.DjangoTranslation] = {}  # {language: the object that has the lookup}
_reloading = threading.Lock()  # what was read first is applied first


class Reloader:
    """Runs `reload` before the first requests of a process are answered, and then every so often.

    The first requests wait until it has run once; later ones show meanwhile what there is.
    """

    def __init__(self, reload: Callable[[], None]) -> None:
        self._reload = reload
        self._at: float | None = None  # when it last ran, by the monotonic clock
        self._beginning = threading.Lock()

    def run_if_due(self, every: float) -> None:
        """Reload if `every` seconds have passed; without a database everything stays as it is."""
        if self._at is None:
            with self._beginning:
                if self._at is None:
                    self._try()
                    self._at = time.monotonic()
        elif time.monotonic() - self._at >= every:
            self._at = time.monotonic()
            self._try()

    def _try(self) -> None:
        with suppress(DatabaseError):
            self._reload()


def reload_if_due() -> None:
    """Reload the overrides if TEXT_OVERRIDES_SECONDS have passed since this process last did (see Reloader)."""
    if settings.TEXT_OVERRIDES_SECONDS is not None:
        _reloader.run_if_due(settings.TEXT_OVERRIDES_SECONDS)


def reload_overrides(_now: datetime | None = None) -> None:
    """Apply the newest overrides, menus and details of the practice in this process (six queries)."""
    with _reloading:
        reload_menus()
        reload_practice()
        apply_overrides(TextOverride.objects.newest())


_reloader = Reloader(reload_overrides)


def apply_overrides(rows: Iterable[TextOverride]) -> None:
    """Replace the overrides of this process by `rows`; a row without text restores the original."""
    global _overrides
    texts, synonyms = {}, ""
    for row in rows:
        if not row.text:
            continue
        if row.key == SYNONYMS:
            synonyms = row.text
        else:
            texts[row.language, row.original] = row.text
    override_synonyms(synonyms)
    for language in {language for language, _original in texts}:
        _add_lookup(language)
    is_changed = texts != _overrides
    _overrides = texts
    if is_changed:
        forget_rendered()


def _add_lookup(language: str) -> None:
    """Have the language's translation object ask the overrides first. Idempotent."""
    translation = trans_real.translation(language)
    if _with_lookup.get(language) is translation:
        return
    without_overrides = translation.gettext

    def gettext(message: str) -> str:
        return _overrides.get((language, message)) or without_overrides(message)

    translation.gettext = gettext  # type: ignore[method-assign]
    _with_lookup[language] = translation
