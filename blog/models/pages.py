"""Pages of the site: About, Contact, Privacy, Terms, and any the therapist adds."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from blog.querysets import ArticleQuerySet

from .articles import Article

RESERVED_SLUGS = {"accounts", "admin", "articles", "dev", "mail-events", "media", "static", "well-known"}


def is_free_for_page(slug: str) -> bool:
    """Return whether no other part of the site has the address /<slug>/."""
    try:
        return slug not in RESERVED_SLUGS and resolve(f"/{slug}/").url_name == "page"
    except Resolver404:
        return False


def validate_page_slug(slug: str) -> None:
    """Raise ValidationError for a slug whose address belongs to another part of the site."""
    if not is_free_for_page(slug):
        raise ValidationError(
            _("“%(slug)s” is the address of another page. Please choose another."), params={"slug": slug}
        )


class PageManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """The pages among the articles."""

    def get_queryset(self) -> ArticleQuerySet:
        """Limit to pages."""
        return super().get_queryset().filter(kind=Article.Kind.PAGE)


class Page(Article):
    """A page of the site, at /<slug>/. It shares versions, autosave and old addresses with articles."""

    objects: ClassVar[PageManager] = PageManager()

    class Meta:
        proxy = True
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._state.adding:
            self.kind = Article.Kind.PAGE

    def clean(self) -> None:
        """Raise ValidationError for an address that is taken."""
        try:
            validate_page_slug(self.slug)
        except ValidationError as error:
            raise ValidationError({"slug": error}) from error
