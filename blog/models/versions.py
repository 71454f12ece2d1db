"""Versions of articles and moderation settings, and autosaved text."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import SavedVersion

from .articles import Article


class ArticleText(models.Model):
    """The text of an article at one moment."""

    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        abstract = True


def delete_but_of_pages(collector: Any, field: Any, versions: Any, using: str) -> None:
    """Delete the versions of articles with them; keep those of pages, on their own (an `on_delete`)."""
    is_page = models.Q(article__kind=Article.Kind.PAGE)
    models.CASCADE(collector, field, versions.exclude(is_page), using)
    models.SET_NULL(collector, field, versions.filter(is_page), using)


class Version(SavedVersion, ArticleText):
    """A saved state of an article, optionally named. Immutable.

    `article` is None for a page that was deleted: members keep what they agreed to.
    """

    article = models.ForeignKey(Article, on_delete=delete_but_of_pages, null=True, related_name="versions")
    saved_by_name = None  # type: ignore[assignment]  # articles have no such column
    name = models.CharField(_("name of this version"), max_length=80, blank=True)

    class Meta(SavedVersion.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return self.name or f"{self.saved_at:%Y-%m-%d %H:%M}"


class Autosave(ArticleText):
    """Text that a user typed and did not save: at most one row per article, one for a new article, one for a new page."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="autosaves"
    )
    kind = models.CharField(max_length=10, choices=Article.Kind, default=Article.Kind.ARTICLE)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("unsaved words")
        verbose_name_plural = _("unsaved words")
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "article", "kind"], nulls_distinct=False, name="blog_autosave_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.saved_at:%Y-%m-%d %H:%M}"


class PolicyVersion(SavedVersion):
    """A saved state of the moderation settings: `said` maps the fields of CommentPolicy to values. Immutable."""

    said = models.JSONField()

    class Meta(SavedVersion.Meta):
        verbose_name = _("earlier way of moderating")
        verbose_name_plural = _("earlier ways of moderating")

    def __str__(self) -> str:
        return f"{self.saved_at:%Y-%m-%d %H:%M}"
