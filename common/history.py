"""Histories: every save adds a row that never changes, and the newest row is in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedVersion(models.Model):
    """One saved state: when and by whom. The name stays when the account is erased."""

    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_by_name = models.CharField(_("by"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["-saved_at", "-pk"]


V = TypeVar("V", bound=SavedVersion)


def save_version_of(model: type[V], of: dict[str, Any], content: dict[str, Any], by: Any, now: datetime) -> V:
    """Save `content` as a new version, unless the newest one has the same content. Return the version that has it.

    `of` selects one history among those in the table of `model`; `by` is a user, or None for the program itself.
    """
    newest = model._default_manager.filter(**of).first()
    if newest is not None and all(getattr(newest, field) == value for field, value in content.items()):
        return newest
    name = str(by) if by else ""
    return model._default_manager.create(**of, **content, saved_at=now, saved_by=by, saved_by_name=name)
