"""Passwords made of what everybody who tries this site's accounts thinks of first."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What the site is about; its own name and address come from the settings.
ABOUT = {
    "postpartum",
    "pelvic",
    "pelvicfloor",
    "floor",
    "mother",
    "mom",
    "mum",
    "baby",
    "password",
    "welcome",
}
OWN_CHARACTERS = 6  # that must be left without those words and trailing digits


class SiteWordsValidator(UserAttributeSimilarityValidator):
    """Refuse a password that is hardly more than words of this site, as its base does with words of the person."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for such a password."""
        rest = password.lower()
        for word in sorted(site_words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.lower() and len(re.sub(r"[\W\d_]", "", rest)) < OWN_CHARACTERS:
            raise ValidationError(self.get_help_text(), code="password_of_site_words")

    def get_help_text(self) -> str:
        """Return what is asked for."""
        return _("Please use more than the name of this site and what it is about.")


def site_words() -> set[str]:
    """Return the words a password must not consist of, in small letters."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    said = f"{settings.PRACTICE['name']} {settings.PRACTICE['therapist']} {host}"
    return ABOUT | {word for word in re.split(r"[\W_]+", said.lower()) if len(word) > 2}
