"""Signed words that stand in addresses and cookies. None of them holds anything but row numbers and times."""

from datetime import datetime, timedelta

from django.core import signing
from django.core.signing import BadSignature, Signer

DESK_DAYS = 14

_own = Signer(sep=".", salt="blog.comment.own")
_quiet = Signer(sep=".", salt="blog.comment.quiet")


def own_token(comment_id):
    """Proves that its holder wrote the comment; good for as long as the comment is there."""
    return _own.sign(comment_id)


def own_comment_id(token):
    """The comment's id, or None for a token that is not ours."""
    return _id(_own, token)


def unsubscribe_token(comment_id):
    """Lets its holder end all mails to the address that this comment was written with."""
    return _quiet.sign(comment_id)


def unsubscribe_comment_id(token):
    """The comment's id, or None for a token that is not ours."""
    return _id(_quiet, token)


def _id(signer, token):
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def opened_stamp(now):
    """Tells a form when it was opened."""
    return signing.dumps(now.timestamp(), salt="blog.comment.opened")


def seconds_open(stamp, now):
    """How long the form was open, or None if the stamp is not ours."""
    try:
        return now.timestamp() - signing.loads(stamp, salt="blog.comment.opened")
    except BadSignature:
        return None


def desk_token(comment, user_id):
    """Lets one therapist decide about the comment as it stands now: with the first decision it is used up."""
    return signing.dumps([comment.pk, user_id, *_standing(comment)], salt="blog.comment.desk", compress=True)


def desk_ids(token):
    """(comment id, user id, standing) of a token that is ours and not too old, else None."""
    try:
        comment_id, user_id, *standing = signing.loads(
            token, salt="blog.comment.desk", max_age=timedelta(days=DESK_DAYS)
        )
    except BadSignature:
        return None
    return comment_id, user_id, standing


def is_unused(standing, comment):
    """Whether nothing has been decided about the comment since the token was made."""
    return standing == _standing(comment)


def _standing(comment):
    return [comment.status, comment.moderated_at.isoformat() if comment.moderated_at else ""]


def preview_token(article_id, until):
    """Shows an unpublished article to whoever holds it, until then."""
    return signing.dumps([article_id, until.isoformat()], salt="blog.article.preview", compress=True)


def previewed_article(token, now):
    """(article id, until) while the token is good at `now`, else None."""
    try:
        article_id, until = signing.loads(token, salt="blog.article.preview")
    except BadSignature:
        return None
    until = datetime.fromisoformat(until)
    return (article_id, until) if now < until else None
