"""Saving of text overrides: validated, so that no page breaks and no placeholder is lost; all versions stay."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common.locks import lock_name
from common.synonyms import groups_in
from postpartum.models import TextOverride
from postpartum.models.text_overrides import FILLED_IN, shown
from postpartum.text_overrides.entries import Place
from postpartum.text_overrides.lookup import reload_overrides
from postpartum.text_overrides.parts import parts_of, strange_parts

OPENING_QUOTE = re.compile(r'(^|[\s(])"')


def versions_of(key: str) -> QuerySet[TextOverride]:
    """Select all versions of one text in the active language, the newest first."""
    return TextOverride.objects.filter(key=key, language=get_language())


def cleaned(place: Place, text: str) -> str:
    """Return `text` with placeholders restored, "" for the original. Raise ValidationError."""
    text = OPENING_QUOTE.sub(r"\1“", "\n".join(text.split("\r\n")).strip()).replace('"', "”")
    if not text or text == place.shown:
        return ""
    if place.is_synonyms and any(len(group) < 2 for group in groups_in(text)):
        raise ValidationError(_("Please write at least two words on each line, with a comma between them."))
    if "<" in text or ">" in text:
        raise ValidationError(_("Plain words only, please: without “<” and “>”."))
    if "%" in text:
        raise ValidationError(_("Please write “percent” in place of “%”."))
    parts = {shown(part[0]): part[0] for part in FILLED_IN.finditer(place.original)}
    if problems := [*_strange(place, text), *_lost(place, text, parts)]:
        raise ValidationError(problems)
    for part, filled_in in parts.items():
        text = text.replace(part, filled_in)
    return text


def lock_text(place: Place) -> None:
    """Let one transaction at a time read and save this text."""
    lock_name(f"text {place.key}")


def _strange(place: Place, text: str) -> Iterator[str]:
    """Yield what is wrong with placeholders and braces that the text does not have: they would go out as typed."""
    strange = strange_parts(text, place.shown)
    if not strange:
        return
    if known := parts_of(place.shown):
        words = _("The site does not know %(strange)s here. It fills in only %(parts)s.")
        yield words % {"strange": ", ".join(strange), "parts": ", ".join(known)}
    else:
        words = _("Nothing is filled in here, so %(strange)s would stay as it is. Please write it in words.")
        yield words % {"strange": ", ".join(strange)}


def _lost(place: Place, text: str, parts: Iterable[str]) -> Iterator[str]:
    if any(text.count(part) != place.shown.count(part) for part in parts):
        yield _("Please keep what is filled in: %(parts)s") % {"parts": ", ".join(parts)}


@transaction.atomic
def save_override(place: Place, text: str, by: User, now: datetime) -> bool:
    """Save and apply `text`, unless the newest version says the same. Return whether it was new."""
    lock_text(place)
    newest = versions_of(place.key).first()
    if text == (newest.text if newest else ""):
        return False
    TextOverride.objects.create(
        key=place.key, language=get_language(), original=place.original, text=text, saved_at=now,
        saved_by=by, saved_by_name=str(by),
    )  # fmt: skip
    transaction.on_commit(reload_overrides)
    return True
