"""Text overrides in gettext's lookup: a dictionary per process, reloaded from the rows every so often.

An override must win over a language's own translation, and a fallback (`NullTranslations.add_fallback`) is consulted
only where there is none. So the lookup stands in front: the `gettext` of each language's translation object asks the
overrides first. Texts with a context or a plural cannot be overridden, so `pgettext` and `ngettext` need nothing.
"""

import threading
import time
from collections.abc import Iterable
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
_reloaded_at: float | None = None
_reloading = threading.Lock()  # what was read first is applied first
_beginning = threading.Lock()


def reload_if_due() -> None:
    """Reload the overrides if TEXT_OVERRIDES_SECONDS have passed; without a database the last ones stay.

    The first requests of a process wait until it has some; later ones show the last ones meanwhile.
    """
    global _reloaded_at
    every = settings.TEXT_OVERRIDES_SECONDS
    if every is None:
        return
    if _reloaded_at is None:
        with _beginning:
            if _reloaded_at is None:
                _try_to_reload()
                _reloaded_at = time.monotonic()
    elif time.monotonic() - _reloaded_at >= every:
        _reloaded_at = time.monotonic()
        _try_to_reload()


def _try_to_reload() -> None:
    with suppress(DatabaseError):
        reload_overrides()


def reload_overrides(_now: datetime | None = None) -> None:
    """Apply the newest overrides, menus and details of the practice in this process (six queries)."""
    with _reloading:
        reload_menus()
        reload_practice()
        apply_overrides(TextOverride.objects.newest())


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
