"""Texts of the site as the therapist has reworded them."""

import re
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import SavedVersion

FILLED_IN = re.compile(r"%\((\w+)\)[sd]")


def shown(text: str) -> str:
    """Return a text as the desk shows it, with placeholders as {name}."""
    return FILLED_IN.sub(r"{\1}", text)


class TextOverrideQuerySet(models.QuerySet["TextOverride"]):
    """Selections of text overrides."""

    def newest(self) -> Self:
        """Select the last saved row of each text in each language, by key.

        Details of the practice that earlier versions of the program kept here are left out.
        """
        texts = self.exclude(key__startswith="practice:")
        return texts.order_by("language", "key", "-saved_at", "-pk").distinct("language", "key")

    def keys_changed(self) -> list[str]:
        """Return the keys of those that differ from the original."""
        return [row.key for row in self if row.text]


class TextOverride(SavedVersion):
    """One saved version of one text; the newest of a key applies. An empty `text` restores the original."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    original = models.TextField(_("the words the site came with"))
    text = models.TextField(_("your words"), blank=True)

    objects = TextOverrideQuerySet.as_manager()

    class Meta(SavedVersion.Meta):
        verbose_name = _("own words")
        verbose_name_plural = _("own words")
        indexes = [
            models.Index(fields=["language", "key", "-saved_at", "-id"], name="postpartum_words_newest")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.key}"

    @property
    def shown(self) -> str:
        """The text, or the original where it is empty, with placeholders as {name}."""
        return shown(self.text or self.original)
