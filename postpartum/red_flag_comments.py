"""Comments that mention an emergency become concerns at the desk: the link between blog and program."""

from datetime import datetime
from typing import Any

from blog.models import Comment
from programs.models import Concern, Participant
from programs.rules.concerns import comment_concern
from programs.services.concern import open_concerns


def open_concern(comment: Comment, now: datetime, **signal: Any) -> None:
    """Open a concern about the comment, on the writer's record if there is one. Idempotent.

    Receives blog.signals.red_flag_found, in the transaction that stores the comment. Two queries, or three for a
    writer with an account.
    """
    writer = Participant.objects.filter(user=comment.author_id).first() if comment.author_id else None
    mark = comment_concern(tuple(comment.red_flags))
    open_concerns(writer.pk if writer else None, [mark], now, comment_number=comment.pk)


def open_missed(now: datetime) -> None:
    """Open concerns about pending comments that have none. Two queries where none is missing."""
    waiting = {comment.pk: comment for comment in Comment.objects.pending().exclude(red_flags=[])}
    told = Concern.objects.filter(comment_number__in=waiting).values_list("comment_number", flat=True)
    for number in waiting.keys() - set(told):
        open_concern(waiting[number], now)
