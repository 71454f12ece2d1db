"""Her words in the catalogue that this process translates with, read anew every so often."""

import time

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import trans_real

from postpartum.models import TextOverride
from postpartum.text_overrides.entries import FROM_THE_ENVIRONMENT, PRACTICE

_replaced = {}  # (language, original) → what this process said before she changed it
_read = {"at": None}


def keep_fresh():
    """Read her words again if TEXT_OVERRIDES_SECONDS have passed; without a database the last ones stay."""
    every = settings.TEXT_OVERRIDES_SECONDS
    now = time.monotonic()
    if every is None or (_read["at"] is not None and now - _read["at"] < every):
        return
    _read["at"] = now
    try:
        read_words()
    except DatabaseError:
        return


def read_words(_now=None):
    """Put the newest of her words in force in this process (one query)."""
    put_in_force(TextOverride.objects.newest())


def put_in_force(rows):
    """Say what `rows` say, and everything else as the site came with it."""
    hers, practice = dict.fromkeys(_replaced), dict(FROM_THE_ENVIRONMENT)
    for row in rows:
        field = row.key.removeprefix(f"{PRACTICE}:")
        if field in practice:
            practice[field] = row.text or practice[field]
        else:
            hers[row.language, row.original] = row.text
    settings.PRACTICE.update(practice)
    for language in {language for language, _original in hers}:
        _merge(language, {original: text for (of, original), text in hers.items() if of == language})


def _merge(language, texts):
    catalogue = trans_real.translation(language)
    for original, text in texts.items():
        before = _replaced.setdefault((language, original), catalogue.gettext(original))
        catalogue._catalog[original] = text or before  # merge() would stack up one catalogue more each time
