"""Saving her words: checked so that they cannot break a page or lose what is filled in, and never overwritten."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postpartum.models import TextOverride
from postpartum.models.text_overrides import FILLED_IN, shown
from postpartum.text_overrides.catalog import read_words

OPENING_QUOTE = re.compile(r'(^|[\s(])"')


def words_of(key):
    """All savings of one text, the newest first."""
    return TextOverride.objects.filter(key=key, language=get_language())


def cleaned(place, text):
    """`text` as it may stand in this place; ValidationError with what is wrong. "" means the original."""
    text = OPENING_QUOTE.sub(r"\1“", "\n".join(text.split("\r\n")).strip()).replace('"', "”")
    if not text or text == place.shown:
        return ""
    if place.practice_field == "email":
        validate_email(text)
    if "<" in text or ">" in text:
        raise ValidationError(_("Plain words only, please: without “<” and “>”."))
    if "%" in text:
        raise ValidationError(_("Please write “percent” in place of “%”."))
    parts = {shown(part[0]): part[0] for part in FILLED_IN.finditer(place.original)}
    if any(text.count(part) != place.shown.count(part) for part in parts):
        raise ValidationError(_("Please keep what is filled in: %(parts)s") % {"parts": ", ".join(parts)})
    for part, filled_in in parts.items():
        text = text.replace(part, filled_in)
    return text


@transaction.atomic
def save_words(place, text, by, now):
    """Keep `text` for this place and say it from now on; nothing where it is said already. Whether it was new."""
    newest = words_of(place.key).select_for_update().first()
    if text == (newest.text if newest else ""):
        return False
    TextOverride.objects.create(
        key=place.key, language=get_language(), original=place.original, text=text, saved_at=now,
        saved_by=by, saved_by_name=str(by),
    )  # fmt: skip
    transaction.on_commit(read_words)
    return True
