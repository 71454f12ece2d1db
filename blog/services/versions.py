"""Keeping what was said before, and what is not saved yet."""

from datetime import datetime

from django.db import transaction

from blog.models import Article, Autosave, Version
from common.members import User

from .articles import render_article

WORDS = ("title", "summary", "body")


@transaction.atomic
def keep_version(article: Article, user: User | None, now: datetime, name: str = "") -> Version:
    """Keep the article's words as they stand, unless the newest version says the same and no name is given."""
    words = _words(article)
    newest = article.versions.first()
    if newest is not None and _words(newest) == words and not name:
        return newest
    return Version.objects.create(article=article, saved_by=user, saved_at=now, name=name, **words)


@transaction.atomic
def restore_version(version: Version, user: User | None, now: datetime) -> Article:
    """Bring the words of a version back; what the article said until now stays among its versions."""
    article = Article.objects.select_for_update().get(pk=version.article_id)
    keep_version(article, user, now)
    for field in WORDS:
        setattr(article, field, getattr(version, field))
    article.save(update_fields=WORDS)
    render_article(article, now)
    keep_version(article, user, now)
    return article


def autosave(article: Article | None, user: User, words: dict[str, str], now: datetime) -> Autosave:
    """Keep what is typed but not saved; `article` is None for one that was never saved."""
    kept, _ = Autosave.objects.update_or_create(
        article=article, writer=user, defaults=words | {"saved_at": now}
    )
    return kept


def unsaved_words(article: Article | None, user: User) -> Autosave | None:
    """What this writer typed and did not save, if it is newer than the article and says something else; or None."""
    kept = Autosave.objects.filter(article=article, writer=user).first()
    if kept is None or not any(_words(kept).values()):
        return None
    if article is not None and (kept.saved_at <= article.words_changed_at or _words(kept) == _words(article)):
        return None
    return kept


def drop_autosave(article: Article | None, user: User) -> None:
    """What was typed is saved now, or not wanted: for the article, and for one that was new."""
    Autosave.objects.filter(writer=user, article=article).delete()


def _words(row: Article | Version | Autosave) -> dict[str, str]:
    return {field: getattr(row, field) for field in WORDS}
