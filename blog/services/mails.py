"""Emails about comments. Each is queued in the transaction that causes it, so a rollback also cancels it.

The subject never reveals what a comment says.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.mail import EmailMessage, get_connection
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Article, Comment, CommentMailChoice, Report, UnsubscribedAddress
from blog.tokens import desk_token, own_token, unsubscribe_token
from common.members import User
from common.practice import practice_details
from common.prepared import PreparedQuery

from .policy import may_moderate


def _choices_of_less() -> QuerySet[CommentMailChoice]:
    """Limit to those of the team who have chosen a daily digest or no emails."""
    return CommentMailChoice.objects.exclude(frequency=CommentMailChoice.Frequency.EACH)


# Who may not open the desk moderates nothing; without it, permissions are looked up for every member.
_MODERATORS = PreparedQuery(
    lambda: (
        ModelBackend()
        .with_perm("blog.change_comment")
        .filter(is_staff=True)
        .annotate(wants_less=Exists(_choices_of_less().filter(user=OuterRef("pk"))))
    )
)


def notify_moderators(comment: Comment) -> None:
    """Email the moderators of the article about a comment, with a signed link for each decision.

    Who has chosen a daily digest or no emails hears at once of signs of an emergency only.
    """
    told = moderators(comment.article)
    if not comment.red_flags:
        told = _wanting_each(told)
    subject = _("A new comment") if comment.status == "approved" else _("A comment is waiting for you")
    messages = []
    for user in told:
        address = site_address("comment_desk", desk_token(comment, user.pk))
        context = {"comment": comment, "article": comment.article, "address": address}
        messages.append(_message(subject, "waiting", context, user.email))
    get_connection().send_messages(messages)


def notify_of_report(report: Report) -> None:
    """Email the moderators about a reported comment."""
    comment = report.comment
    for user in moderators(comment.article):
        address = site_address("comment_desk", desk_token(comment, user.pk))
        context = {"report": report, "comment": comment, "article": comment.article, "address": address}
        send(_("A reader reported a comment"), "reported", context, user.email)


def notify_approved(comment: Comment) -> None:
    """Email the author, once, that the comment was published; moderators get none about their own."""
    if comment.approval_told or _is_unsubscribed(comment.email) or may_moderate(comment.author):
        return
    comment.approval_told = True
    Comment.objects.filter(pk=comment.pk).update(approval_told=True)
    _send_to_writer(_("Your comment is public now"), "approved", comment, {"comment": comment})


def notify_answered(reply: Comment) -> None:
    """Email the author of the parent comment about an approved reply, once, if they opted in."""
    parent = reply.parent
    if parent is None or reply.answer_told or not parent.wants_answers or _same_person(reply, parent):
        return
    if _is_unsubscribed(parent.email):
        return
    reply.answer_told = True
    Comment.objects.filter(pk=reply.pk).update(answer_told=True)
    _send_to_writer(
        _("Someone answered your comment"), "answered", parent, {"comment": parent, "reply": reply}
    )


def moderators(article: Article) -> Sequence[User]:
    """Return the article's author if they may moderate, else every user with that permission."""
    if article.author and article.author.is_active and may_moderate(article.author):
        return [article.author]
    return _MODERATORS()


def _wanting_each(users: Sequence[User]) -> list[User]:
    """Return those of the moderators who want one email for each comment (at most one query)."""
    return [user for user in users if not _wants_less(user)]


def _wants_less(user: User) -> bool:
    if "wants_less" in vars(user):  # asked with the others
        return bool(vars(user)["wants_less"])
    return _choices_of_less().filter(user=user).exists()


def _send_to_writer(subject: str, template: str, comment: Comment, context: dict[str, Any]) -> None:
    quiet = site_address("comment_quiet", unsubscribe_token(comment.email))
    own = site_address("comment_own", comment.article.slug, own_token(comment.pk))
    context |= {"article": comment.article, "quiet": quiet, "own": own}
    headers = {"List-Unsubscribe": f"<{quiet}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send(subject, template, context, comment.email, headers)


def send(
    subject: str, template: str, context: dict[str, Any], to: str, headers: dict[str, str] | None = None
) -> None:
    """Queue an email from the text of `blog/mail/<template>.txt`; without an address nothing is sent."""
    if to:
        _message(subject, template, context, to, headers).send()


def _message(
    subject: str, template: str, context: dict[str, Any], to: str, headers: dict[str, str] | None = None
) -> EmailMessage:
    context |= {"site_url": settings.SITE_URL, "practice": practice_details()}
    text = render_to_string(f"blog/mail/{template}.txt", context)
    return EmailMessage(subject, text, to=[to] if to else [], headers=headers)


def site_address(name: str, *args: object) -> str:
    """Return the absolute URL of a named route."""
    return settings.SITE_URL + reverse(name, args=args)


def _is_unsubscribed(email: str) -> bool:
    return not email or UnsubscribedAddress.objects.filter(email__iexact=email).exists()


def _same_person(one: Comment, other: Comment) -> bool:
    if one.author_id or other.author_id:
        return one.author_id == other.author_id
    return one.email.lower() == other.email.lower()
