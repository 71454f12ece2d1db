"""Signed tokens for URLs and cookies.

They reveal row ids and times only. The unsubscribe token contains an encrypted email address, because it must work
after its comment was erased.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.core.signing import BadSignature, Signer

from blog.models import Comment
from common.encryption import DecryptionError, decrypt, encrypt

DESK_DAYS = 14

_own = Signer(sep=".", salt="blog.comment.own")
_UNSUBSCRIBE = "unsubscribe"


def own_token(comment_id: int) -> str:
    """Return a token that proves authorship of the comment; it does not expire."""
    return _own.sign(str(comment_id))


def own_comment_id(token: str) -> int | None:
    """Return the comment's id, or None for an invalid token."""
    try:
        return int(_own.unsign(token))
    except (BadSignature, ValueError):
        return None


def unsubscribe_token(email: str) -> str:
    """Return a token that lets its holder stop all emails about comments to this address."""
    return encrypt([_UNSUBSCRIBE, email])


def unsubscribe_email(token: str) -> str | None:
    """Return the address of an unsubscribe token, or None for an invalid one."""
    try:
        purpose, email = decrypt(token)
    except (DecryptionError, TypeError, ValueError):
        return None
    return email if purpose == _UNSUBSCRIBE else None


def opened_stamp(now: datetime) -> str:
    """Return a signed timestamp of when a form was opened."""
    return signing.dumps(now.timestamp(), salt="blog.comment.opened")


def seconds_open(stamp: str, now: datetime) -> float | None:
    """Return for how many seconds the form was open, or None if the stamp is invalid."""
    try:
        return now.timestamp() - signing.loads(stamp, salt="blog.comment.opened")
    except BadSignature:
        return None


def desk_token(comment: Comment, user_id: int) -> str:
    """Return a token that lets one therapist moderate the comment in its current state; any decision invalidates it."""
    return signing.dumps([comment.pk, user_id, *_state(comment)], salt="blog.comment.desk", compress=True)


def read_desk_token(token: str) -> tuple[int, int, list[str]] | None:
    """Return (comment id, user id, state) of a valid token of at most DESK_DAYS days, else None."""
    try:
        comment_id, user_id, *state = signing.loads(
            token, salt="blog.comment.desk", max_age=timedelta(days=DESK_DAYS)
        )
    except BadSignature:
        return None
    return comment_id, user_id, state


def is_unused(state: list[str], comment: Comment) -> bool:
    """Return whether the comment is still in the state in which the token was made."""
    return state == _state(comment)


def _state(comment: Comment) -> list[str]:
    return [comment.status, comment.moderated_at.isoformat() if comment.moderated_at else ""]


def preview_token(article_id: int, until: datetime) -> str:
    """Return a token that shows an unpublished article to its holder until `until`."""
    return signing.dumps([article_id, until.isoformat()], salt="blog.article.preview", compress=True)


def read_preview_token(token: str, now: datetime) -> tuple[int, datetime] | None:
    """Return (article id, until) of a token that is valid at `now`, else None."""
    try:
        article_id, until = signing.loads(token, salt="blog.article.preview")
    except BadSignature:
        return None
    until = datetime.fromisoformat(until)
    return (article_id, until) if now < until else None
