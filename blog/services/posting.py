"""Submits comments, and edits by their authors within the first EDIT_MINUTES minutes."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, Subquery, Value
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Lower

from blog.models import Article, BlockedSender, Comment
from blog.models.comments import NAME_MAX_LENGTH
from blog.moderation import EDIT_MINUTES, Facts, Status, Verdict, judge
from blog.querysets import ArticleQuerySet, CommentQuerySet
from blog.sanitizing import comment_html, many_lines, one_line
from blog.signals import red_flag_found
from common.members import User
from common.practice import practice_details
from common.prepared import Parameter, PreparedInsert, PreparedQuery
from common.transactions import prepared_transaction

from . import mails
from .moderating import set_status
from .policy import comments_open, may_moderate, policy_of, stored_policy
from .thread_pages import refresh_thread
from .trusting import trusted_accounts, trusted_guests

log = logging.getLogger(__name__)

_insert = PreparedInsert(Comment)
_LOCKED = PreparedQuery(lambda: Article.objects.filter(pk=Parameter("pk")).only("pk").select_for_update())


def _known(**about_writer: BaseExpression) -> ArticleQuerySet:
    """Return the article of a comment with what is known of its writer, all in one query."""
    sent_before = Comment.objects.filter(article=Parameter("article"), sent_digest=Parameter("digest"))
    # In small letters, as its index is; `iexact` compares in capitals.
    blocked = BlockedSender.objects.alias(small=Lower("email")).filter(small=Lower(Parameter("email")))
    return (
        Article.objects.filter(pk=Parameter("article"))
        .only("pk")
        .annotate(
            policy=stored_policy(),
            sent_before=Subquery(sent_before.values("pk")[:1]),
            barred=Exists(blocked),
            **about_writer,
        )
    )


def _approved_of(person: CommentQuerySet) -> Exists:
    return Exists(person.approved().exclude(pk=Parameter("pk")))


_GUEST = PreparedQuery(
    lambda: _known(
        approved_before=_approved_of(Comment.objects.by_person(email=Parameter("email"), author=None)),
        trusted=Exists(trusted_guests(Parameter("email"))),
        members_address=Exists(get_user_model().objects.filter(email__iexact=Parameter("email"))),
    )
)
_MEMBER = PreparedQuery(
    lambda: _known(
        approved_before=_approved_of(Comment.objects.filter(author=Parameter("author"))),
        trusted=Exists(trusted_accounts(Parameter("author"))),
        members_address=Value(False),
    )
)


class CommentsClosedError(Exception):
    """The article does not accept comments (any more)."""


class InvalidParentError(Exception):
    """The parent comment is not public or belongs to another article."""


class TooLateToEditError(Exception):
    """The time for editing is over, or the comment was moved to the trash."""


@dataclass(frozen=True)
class Sender:
    """Who submits a comment and how: `author` if signed in; see `moderation.Facts` for the rest."""

    name: str
    email: str = ""
    website: str = ""
    author: User | None = None
    honeypot: str = ""
    seconds: float | None = None
    wants_answers: bool = False
    filter_says_spam: bool = False


def staff_sender(user: User) -> Sender:
    """Return who answers from the desk: `user` by her pen name or name, else the practice. A moderator is no therapist."""
    practice = shorten(practice_details()["name"], NAME_MAX_LENGTH, placeholder=" …")
    name = user.pen_name or user.name or practice
    return Sender(name=name, email=user.email, author=user)


@prepared_transaction
def post_comment(
    article: Article,
    *,
    sender: Sender,
    body: str,
    now: datetime,
    parent: Comment | None = None,
    notify: bool = True,
) -> tuple[Comment, bool]:
    """Save a comment and return it with True, or the first one with False if this person already submitted this text.

    Raises CommentsClosedError or InvalidParentError. A moderator's comment is always approved, and so is its parent.
    Emails are queued in the same transaction; with `notify` False none are sent, as for the demo.
    """
    _lock(article.pk)
    comment = _new_comment(article, parent, sender, many_lines(body), now)
    known = _what_is_known(comment)
    policy = policy_of(known.policy)
    if not (comments_open(article, policy.close_after_days, now) or may_moderate(sender.author)):
        raise CommentsClosedError
    _check_parent(article, parent, sender)
    if known.sent_before:
        return Comment.objects.get(pk=known.sent_before), False
    _apply_verdict(comment, judge(_facts(comment, sender, known), policy))
    _insert(comment)
    _signal_red_flags(comment, now)
    if comment.status == Status.APPROVED:
        if parent is not None and may_moderate(sender.author):
            answered = Comment.objects.get(pk=parent.pk)
            set_status([answered], Status.APPROVED, now, notify=notify)
        refresh_thread(article.pk, now)
        if notify:
            mails.notify_answered(comment)
    if notify and not may_moderate(sender.author) and comment.status != Status.SPAM:
        mails.notify_moderators(comment)
    return comment, True


@transaction.atomic
def edit_own_comment(
    comment: Comment, body: str, now: datetime, *, filter_says_spam: bool = False
) -> Comment:
    """Save the author's edit and apply the moderation rules again. Raises TooLateToEditError.

    An approved comment that the rules would now hold becomes pending.
    """
    _lock(comment.article_id)
    comment.refresh_from_db()
    if not may_edit(comment, now):
        raise TooLateToEditError
    was_approved = comment.status == Status.APPROVED
    comment.body, comment.edited_at = many_lines(body), now
    comment.html = comment_html(comment.body)
    comment.sent_digest = ""
    sender = Sender(
        name=comment.name,
        author=comment.author,
        seconds=EDIT_MINUTES * 60,
        filter_says_spam=filter_says_spam,
    )
    if comment.status != Status.SPAM:
        known = _what_is_known(comment)
        _apply_verdict(comment, judge(_facts(comment, sender, known), policy_of(known.policy)))
    comment.save()
    _signal_red_flags(comment, now)
    if was_approved or comment.status == Status.APPROVED:
        refresh_thread(comment.article_id, now)
    if was_approved and comment.status == Status.PENDING:
        mails.notify_moderators(comment)
    return comment


def may_edit(comment: Comment, now: datetime) -> bool:
    """Return whether the author may still edit the comment at `now`."""
    fresh = now < comment.created_at + timedelta(minutes=EDIT_MINUTES)
    return fresh and comment.status != Status.TRASH


def _lock(article: int) -> None:
    """Lock an article until the transaction ends. Raise Article.DoesNotExist."""
    if not _LOCKED(pk=article):
        raise Article.DoesNotExist


def _apply_verdict(comment: Comment, verdict: Verdict) -> None:
    comment.status, comment.reasons = verdict.status, list(verdict.reasons)
    comment.red_flags = list(verdict.red_flags)


def _signal_red_flags(comment: Comment, now: datetime) -> None:
    """Send `red_flag_found` if the comment matches a red flag.

    A receiver that fails is rolled back and logged with the comment's id only; it blocks neither the comment nor the
    page with emergency help.
    """
    if not comment.red_flags:
        return
    try:
        with transaction.atomic():
            red_flag_found.send(Comment, comment=comment, now=now)
    except Exception as error:
        log.error("A receiver of red_flag_found failed for comment %s: %s", comment.pk, type(error).__name__)


def _check_parent(article: Article, parent: Comment | None, sender: Sender) -> None:
    """Raise InvalidParentError unless the parent is public; moderators may also reply to pending comments."""
    if parent is None:
        return
    readable = parent.status == Status.APPROVED or (
        may_moderate(sender.author) and parent.status == Status.PENDING
    )
    if parent.article_id != article.pk or not readable:
        raise InvalidParentError


def _new_comment(
    article: Article, parent: Comment | None, sender: Sender, body: str, now: datetime
) -> Comment:
    email, name = sender.email.strip(), one_line(sender.name)
    # Two people may share an address and write the same words: each is heard.
    who = str(sender.author.pk) if sender.author else f"{email.lower()}\n{name.casefold()}"
    words = "\n".join((str(parent.pk if parent else ""), who, " ".join(body.split())))
    return Comment(
        article=article,
        parent=parent,
        author=sender.author,
        name=name,
        email=email,
        website=sender.website,
        body=body,
        html=comment_html(body),
        wants_answers=sender.wants_answers,
        sent_digest=hashlib.sha256(words.encode()).hexdigest(),
        created_at=now,
    )


def _what_is_known(comment: Comment) -> Any:
    """Return the policy, the same comment if it was sent before, and what is known of its writer (one query)."""
    values: dict[str, Any] = {
        "article": comment.article_id,
        "pk": comment.pk or 0,
        "email": comment.email,
        "digest": comment.sent_digest or None,
    }
    if comment.author_id is None:
        return _GUEST.first(**values)
    return _MEMBER.first(author=comment.author_id, **values)


def _facts(comment: Comment, sender: Sender, known: Any) -> Facts:
    return Facts(
        body=comment.body,
        name=comment.name,
        email=comment.email,
        website=comment.website,
        by_staff=may_moderate(sender.author),
        honeypot=sender.honeypot,
        seconds=sender.seconds,
        approved_before=known.approved_before,
        barred=known.barred,
        trusted=known.trusted,
        filter_says_spam=sender.filter_says_spam,
        members_address=known.members_address,
    )
