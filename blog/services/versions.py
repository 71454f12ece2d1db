"""Versions of articles and autosaved text."""

from datetime import datetime

from django.db import transaction

from blog.models import Article, Autosave, Version
from common.members import User

from .articles import render_article

TEXT_FIELDS = ("title", "summary", "body")


@transaction.atomic
def save_version(article: Article, user: User | None, now: datetime, name: str = "") -> Version:
    """Save the article's text as a version; return the newest one if nothing changed and no name is given."""
    text = _text_of(article)
    newest = article.versions.first()
    if newest is not None and _text_of(newest) == text and not name:
        return newest
    return Version.objects.create(article=article, saved_by=user, saved_at=now, name=name, **text)


@transaction.atomic
def restore_version(version: Version, user: User | None, now: datetime) -> Article:
    """Restore the text of a version; the current text is saved as a version first."""
    article = Article.objects.select_for_update().get(pk=version.article_id)
    save_version(article, user, now)
    for field in TEXT_FIELDS:
        setattr(article, field, getattr(version, field))
    article.save(update_fields=TEXT_FIELDS)
    render_article(article, now)
    save_version(article, user, now)
    return article


def autosave(article: Article | None, user: User, text: dict[str, str], now: datetime) -> Autosave:
    """Store text that was typed but not saved; `article` is None for a new article."""
    kept, _ = Autosave.objects.update_or_create(
        article=article, writer=user, defaults=text | {"saved_at": now}
    )
    return kept


def unsaved_text(article: Article | None, user: User) -> Autosave | None:
    """Return the user's autosave if it is newer than the article and differs from it, else None."""
    kept = Autosave.objects.filter(article=article, writer=user).first()
    if kept is None or not any(_text_of(kept).values()):
        return None
    if article is not None and (
        kept.saved_at <= article.words_changed_at or _text_of(kept) == _text_of(article)
    ):
        return None
    return kept


def drop_autosave(article: Article | None, user: User) -> None:
    """Delete the user's autosave of the article, or of the new article for None."""
    Autosave.objects.filter(writer=user, article=article).delete()


def _text_of(row: Article | Version | Autosave) -> dict[str, str]:
    return {field: getattr(row, field) for field in TEXT_FIELDS}
