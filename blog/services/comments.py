"""Saying something, and the therapist's answer to that."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from blog.models import Article, Barred, Comment, CommentPolicy
from blog.moderation import Facts, Policy, Status, judge
from blog.prose import comment_html, many_lines, one_line

from .thread_pages import refresh_thread


class CommentsClosedError(Exception):
    """Nothing can be said under this article (any more)."""


class NotAnsweredHereError(Exception):
    """The comment to be answered is not one that can be read under this article."""


@dataclass(frozen=True)
class Sender:
    """Who sends a comment and how it came: `author` if signed in; see `moderation.Facts` for the rest."""

    name: str
    email: str = ""
    website: str = ""
    author: object = None
    honeypot: str = ""
    seconds: float | None = None
    wants_answers: bool = False


@transaction.atomic
def post_comment(article, *, sender, body, now, parent=None):
    """The comment as kept, and the verdict on it (None if the same words had come before: then it is the
    first one).

    Raises CommentsClosedError or NotAnsweredHereError. A therapist's own comment is approved, and so is the
    comment she answers.
    """
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    policy = current_policy()
    if not comments_open(article, policy.close_after_days, now):
        raise CommentsClosedError
    _check_parent(article, parent, sender)
    comment = _new_comment(article, parent, sender, many_lines(body), now)
    if sent_before := Comment.objects.filter(article=article, sent_digest=comment.sent_digest).first():
        return sent_before, None
    verdict = judge(_facts(comment, sender), policy)
    comment.status, comment.reasons, comment.red_flags = verdict.status, verdict.reasons, verdict.red_flags
    comment.save()
    if comment.status == Status.APPROVED:
        if parent is not None and parent.status != Status.APPROVED:
            _set_status(parent, Status.APPROVED)
        refresh_thread(article.pk, now)
    return comment, verdict


def comments_open(article, close_after_days, now):
    """Whether something may be said under a published article at `now`; None days means it never closes."""
    if not article.comments_open:
        return False
    return close_after_days is None or (now - article.published_at).days < close_after_days


def current_policy():
    """What the therapist has set, or the careful defaults."""
    row = CommentPolicy.objects.first()
    if row is None:
        return Policy()
    return Policy(
        mode=row.mode,
        max_links=row.max_links,
        hold_words=tuple(row.hold_words.split("\n")),
        spam_words=tuple(row.spam_words.split("\n")),
        close_after_days=row.close_after_days,
    )


@transaction.atomic
def moderate_comments(comments, status, now):
    """Give the comments this status, and write their conversations anew; returns how many changed."""
    changed = [comment for comment in comments.select_for_update(of=("self",)) if comment.status != status]
    for comment in changed:
        _set_status(comment, status)
    for article_id in sorted({comment.article_id for comment in changed}):
        refresh_thread(article_id, now)
    return len(changed)


def approve_comment(comment, now):
    """Let everybody read it."""
    moderate_comments(Comment.objects.filter(pk=comment.pk), Status.APPROVED, now)
    comment.refresh_from_db()
    return comment


@transaction.atomic
def change_comment(comment, now):
    """Keep the comment's changed words and name, and write its conversation anew."""
    comment.body = many_lines(comment.body)
    comment.html = comment_html(comment.body)
    comment.name = one_line(comment.name)
    comment.save(update_fields=["body", "html", "name", "website"])
    refresh_thread(comment.article_id, now)


@transaction.atomic
def delete_comments(comments, now):
    """Delete them for good; their replies stay and stand on their own."""
    article_ids = sorted(set(comments.values_list("article_id", flat=True)))
    Comment.objects.filter(pk__in=list(comments.values_list("pk", flat=True))).delete()
    for article_id in article_ids:
        refresh_thread(article_id, now)


def _set_status(comment, status):
    """A comment in the trash no longer stands in the way of the same words sent anew."""
    comment.status_before, comment.status = comment.status, status
    if status == Status.TRASH:
        comment.sent_digest = ""
    comment.save(update_fields=["status", "status_before", "sent_digest"])


def _check_parent(article, parent, sender):
    """A reader answers what she can read; the therapist may also answer what still waits."""
    if parent is None:
        return
    readable = parent.status == Status.APPROVED or (_by_staff(sender) and parent.status == Status.PENDING)
    if parent.article_id != article.pk or not readable:
        raise NotAnsweredHereError


def _new_comment(article, parent, sender, body, now):
    email = sender.email.strip()
    who = str(sender.author.pk) if sender.author else email.lower()
    words = "\n".join((str(parent.pk if parent else ""), who, " ".join(body.split())))
    return Comment(
        article=article,
        parent=parent,
        author=sender.author,
        name=one_line(sender.name),
        email=email,
        website=sender.website,
        body=body,
        html=comment_html(body),
        wants_answers=sender.wants_answers,
        sent_digest=hashlib.sha256(words.encode()).hexdigest(),
        created_at=now,
    )


def _facts(comment, sender):
    person = Comment.objects.by_person(email=comment.email, author=comment.author)
    return Facts(
        body=comment.body,
        name=comment.name,
        email=comment.email,
        website=comment.website,
        by_staff=_by_staff(sender),
        honeypot=sender.honeypot,
        seconds=sender.seconds,
        approved_before=person.approved().exists(),
        barred=Barred.objects.filter(email__iexact=comment.email).exists(),
    )


def _by_staff(sender):
    return bool(sender.author and sender.author.is_staff)
