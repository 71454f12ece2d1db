"""Words that mention an emergency become concerns at the desk: the link between comments, accounts and program."""

from datetime import datetime
from typing import Any

from blog.models import Comment, Report
from blog.red_flags import red_flags
from common.members import User
from programs.models import Concern, Participant
from programs.rules.concerns import comment_concern, words_concern
from programs.services.concern import open_concern_about_words, open_concerns


def open_concern(comment: Comment, now: datetime, **signal: Any) -> None:
    """Open a concern about the comment, on the writer's record if there is one. Idempotent.

    Receives blog.signals.red_flag_found, in the transaction that stores the comment. Two queries, or three for a
    writer with an account.
    """
    writer = Participant.objects.filter(user=comment.author_id).first() if comment.author_id else None
    mark = comment_concern(tuple(comment.red_flags))
    open_concerns(writer.pk if writer else None, [mark], now, comment_number=comment.pk)


def open_concern_of_report(report: Report, now: datetime, **signal: Any) -> None:
    """Open a concern about the note of a report; its writer is not known. Idempotent.

    Receives blog.signals.red_flag_reported, in the transaction that stores the report.
    """
    mark = words_concern(tuple(report.red_flags))
    open_concerns(None, [mark], now, comment_number=report.comment_id, report_number=report.pk)


def open_concern_of_words(user: User, words: str, now: datetime) -> None:
    """Open a concern on the member's record where `words` match a red flag, such as a name in the profile."""
    if flags := red_flags(words):
        participant, _ = Participant.objects.get_or_create(user=user)
        open_concern_about_words(participant.pk, words_concern(flags), now)


def open_missed(now: datetime) -> None:
    """Open concerns about pending comments, and open reports, that have none. Three queries where none is missing."""
    reported = {one.pk: one for one in Report.objects.filter(resolved_at=None).exclude(red_flags=[])}
    known = Concern.objects.filter(report_number__in=reported).values_list("report_number", flat=True)
    for number in reported.keys() - set(known):
        open_concern_of_report(reported[number], now)
    waiting = {comment.pk: comment for comment in Comment.objects.pending().exclude(red_flags=[])}
    told = Concern.objects.filter(comment_number__in=waiting, report_number=None).values_list(
        "comment_number", flat=True
    )
    for number in waiting.keys() - set(told):
        open_concern(waiting[number], now)
