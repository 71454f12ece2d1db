"""A comment that speaks of an emergency becomes a concern at the desk: the one place where blog and program meet in need."""

from blog.models import Comment
from programs.models import Concern, Participant
from programs.rules.concerns import comment_concern
from programs.services.concern import open_concerns


def open_concern(comment, now, **signal):
    """Put the comment before the therapist's eyes, once; on the writer's record where she has one.

    Receives blog.signals.red_flag_found, in the transaction that keeps the comment. Two queries, or three for a
    writer with an account.
    """
    writer = Participant.objects.filter(user=comment.author_id).first() if comment.author_id else None
    mark = comment_concern(tuple(comment.red_flags))
    open_concerns(writer.pk if writer else None, [mark], now, comment_number=comment.pk)


def open_missed(now):
    """Open what could not be opened when the comment came: for those that still wait. Two queries where none is missed."""
    waiting = {comment.pk: comment for comment in Comment.objects.pending().exclude(red_flags=[])}
    told = Concern.objects.filter(comment_number__in=waiting).values_list("comment_number", flat=True)
    for number in waiting.keys() - set(told):
        open_concern(waiting[number], now)
