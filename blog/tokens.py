"""Signed tokens that stand in addresses and cookies.

None of them shows anything but row numbers and times. The one to unsubscribe holds a mail address, encrypted: it must
work when the comment it came with is long erased.
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
    """Proves that its holder wrote the comment; good for as long as the comment is there."""
    return _own.sign(str(comment_id))


def own_comment_id(token: str) -> int | None:
    """The comment's id, or None for a token that is not ours."""
    try:
        return int(_own.unsign(token))
    except (BadSignature, ValueError):
        return None


def unsubscribe_token(email: str) -> str:
    """Lets its holder end all mails about comments to this address."""
    return encrypt([_UNSUBSCRIBE, email])


def unsubscribe_email(token: str) -> str | None:
    """The address a token ends the mails to, or None for one that is not ours."""
    try:
        purpose, email = decrypt(token)
    except (DecryptionError, TypeError, ValueError):
        return None
    return email if purpose == _UNSUBSCRIBE else None


def opened_stamp(now: datetime) -> str:
    """Tells a form when it was opened."""
    return signing.dumps(now.timestamp(), salt="blog.comment.opened")


def seconds_open(stamp: str, now: datetime) -> float | None:
    """How long the form was open, or None if the stamp is not ours."""
    try:
        return now.timestamp() - signing.loads(stamp, salt="blog.comment.opened")
    except BadSignature:
        return None


def desk_token(comment: Comment, user_id: int) -> str:
    """Lets one therapist decide about the comment as it stands now: with the first decision it is used up."""
    return signing.dumps([comment.pk, user_id, *_state(comment)], salt="blog.comment.desk", compress=True)


def read_desk_token(token: str) -> tuple[int, int, list[str]] | None:
    """(comment id, user id, state) of a token that is ours and not too old, else None."""
    try:
        comment_id, user_id, *state = signing.loads(
            token, salt="blog.comment.desk", max_age=timedelta(days=DESK_DAYS)
        )
    except BadSignature:
        return None
    return comment_id, user_id, state


def is_unused(state: list[str], comment: Comment) -> bool:
    """Whether nothing has been decided about the comment since the token was made."""
    return state == _state(comment)


def _state(comment: Comment) -> list[str]:
    return [comment.status, comment.moderated_at.isoformat() if comment.moderated_at else ""]


def preview_token(article_id: int, until: datetime) -> str:
    """Shows an unpublished article to whoever holds it, until then."""
    return signing.dumps([article_id, until.isoformat()], salt="blog.article.preview", compress=True)


def read_preview_token(token: str, now: datetime) -> tuple[int, datetime] | None:
    """(article id, until) while the token is good at `now`, else None."""
    try:
        article_id, until = signing.loads(token, salt="blog.article.preview")
    except BadSignature:
        return None
    until = datetime.fromisoformat(until)
    return (article_id, until) if now < until else None
