"""Versions of articles and autosaved text."""

from datetime import datetime
from typing import Any

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
    article = Article.objects.select_for_update(of=("self",)).get(versions=version)
    save_version(article, user, now)
    for field in TEXT_FIELDS:
        setattr(article, field, getattr(version, field))
    article.save(update_fields=TEXT_FIELDS)
    render_article(article, now)
    save_version(article, user, now)
    return article


def autosave(article: Article, user: User, text: dict[str, str], now: datetime) -> Autosave:
    """Store text that was typed but not saved; `article` may be new."""
    kept, _ = Autosave.objects.update_or_create(
        **_selection(article, user), defaults=text | {"saved_at": now}
    )
    return kept


def unsaved_text(article: Article, user: User) -> Autosave | None:
    """Return the user's autosave if it is newer than the article and differs from it, else None."""
    kept = Autosave.objects.filter(**_selection(article, user)).first()
    if kept is None or not any(_text_of(kept).values()):
        return None
    if article.pk and (kept.saved_at <= article.words_changed_at or _text_of(kept) == _text_of(article)):
        return None
    return kept


def drop_autosave(article: Article, user: User) -> None:
    """Delete the user's autosave of the article."""
    Autosave.objects.filter(**_selection(article, user)).delete()


def _selection(article: Article, user: User) -> dict[str, Any]:
    """Return what selects the user's autosave: of this article, or of any new one of its kind."""
    return {"article_id": article.pk, "kind": article.kind, "writer": user}


def _text_of(row: Article | Version | Autosave) -> dict[str, str]:
    return {field: getattr(row, field) for field in TEXT_FIELDS}
