"""Words the therapist has put in the place of those the site came with."""

import re

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FILLED_IN = re.compile(r"%\((\w+)\)[sd]")


def shown(text):
    """A text as she reads it at the desk: what is filled in as {name}."""
    return FILLED_IN.sub(r"{\1}", text)


class TextOverrideQuerySet(models.QuerySet):
    """Reads of her words."""

    def newest(self):
        """Of each text in each language what was saved last, by key."""
        return self.order_by("language", "key", "-saved_at", "-pk").distinct("language", "key")

    def keys_changed(self):
        """The keys of those that say something else than the original."""
        return [row.key for row in self if row.text]


class TextOverride(models.Model):
    """One saving of one text; the newest of a key counts, all earlier ones are kept. Empty: the original again."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    original = models.TextField(_("the words the site came with"))
    text = models.TextField(_("your words"), blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_by_name = models.CharField(_("by"), max_length=120, blank=True)

    objects = TextOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("own words")
        verbose_name_plural = _("own words")
        ordering = ["-saved_at", "-pk"]
        indexes = [
            models.Index(fields=["language", "key", "-saved_at", "-id"], name="postpartum_words_newest")
        ]

    def __str__(self):
        return f"{self.language} {self.key}"

    @property
    def shown(self):
        """What it says, or the original where it is empty, as she reads it."""
        return shown(self.text or self.original)
