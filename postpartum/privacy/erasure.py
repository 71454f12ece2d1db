"""Erasure of a person: requested, a week to withdraw, then everything in one transaction."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _

from accounts.models import User
from blog.models import Comment
from blog.services.erasure import comments_of, erase_author
from postpartum.mail.files import delete_mails_to
from postpartum.mail.writing import site_address, write
from postpartum.models import AccountTerms, Erasure, Invitation, Mail, NewsletterSubscriber
from postpartum.privacy.categories import addresses_of
from postpartum.privacy.exports import delete_files
from programs.services.erasure import erase_participant


@transaction.atomic
def ask_erasure(user: User, comments: str, now: datetime) -> Erasure:
    """Schedule the erasure after the grace period. Asked again, it keeps the first date. Return the Erasure."""
    erasure, is_new = Erasure.objects.get_or_create(
        user=user, defaults={"comments": comments, "asked_at": now, "due_at": now + Erasure.GRACE}
    )
    if is_new:
        context = {"due_at": erasure.due_at, "address": site_address("my_data")}
        with in_zone(user.time_zone):
            write(user.email, _("Your account will be deleted"), "erasure_asked", context)
    elif erasure.comments != comments:
        erasure.comments = comments
        erasure.save(update_fields=["comments"])
    return erasure


def erase_without_grace(user: User, comments: str, now: datetime) -> Erasure:
    """Schedule the erasure for now; an earlier choice about comments stands. Return the Erasure."""
    erasure, _ = Erasure.objects.update_or_create(
        user=user,
        defaults={"due_at": now},
        create_defaults={"comments": comments, "asked_at": now, "due_at": now},
    )
    return erasure


def keep_account(user: User) -> bool:
    """Withdraw the request. Return whether there was one."""
    return Erasure.objects.filter(user=user).delete()[0] > 0


def keep_account_asked_since(user: User, since: datetime) -> None:
    """Withdraw a request made at `since` or later."""
    Erasure.objects.filter(user=user, asked_at__gte=since).delete()


def erase_next(now: datetime) -> bool:
    """Erase the person due longest. Return whether there was one.

    A failure does not hold up the others: the next is tried, and the failure is raised once no other is left.
    """
    failure = None
    for pk in list(Erasure.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)):
        try:
            if _erase_due(pk, now):
                return True
        except Exception as error:
            failure = error
    if failure:
        raise failure
    return False


def _erase_due(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        due = Erasure.objects.filter(pk=pk, due_at__lte=now)
        erasure = due.select_for_update(of=("self",), skip_locked=True).select_related("user").first()
        if erasure is None:
            return False
        erase_person(erasure.user, erasure.comments, now)
    return True


@transaction.atomic
def erase_person(user: User, comments: str, now: datetime) -> None:
    """Delete everything about the user: rows of every app, files, sessions, mails queued or sent.

    Only public comments may stay, without the name, where the user chose that.
    """
    addresses = addresses_of(user)
    _erase_desk_log(user, addresses)
    erase_author(user, addresses, now, keep_comments=comments == Erasure.Comments.NAMELESS)
    erase_participant(user)
    _end_sessions(user)
    for export in user.exports.all():
        delete_files(export)
    Mail.objects.to(addresses).delete()
    delete_mails_to(addresses)
    for address in addresses:
        NewsletterSubscriber.objects.filter(email__iexact=address).delete()
        Invitation.objects.filter(email__iexact=address).delete()
    user.delete()


def warn_inactive(now: datetime) -> None:
    """Notify users who have not signed in for long of the day their account ends; once for each absence."""
    terms = AccountTerms.current()
    long_ago = now - timedelta(days=terms.inactive_days)
    ends_at = now + timedelta(days=terms.notice_days)
    for user in _members().filter(last_login__lt=long_ago, ends_at=None):
        with transaction.atomic():
            if get_user_model().objects.filter(pk=user.pk, ends_at=None).update(ends_at=ends_at):
                _warn(user, ends_at)
    # Whoever came back after a warning may be warned again, years later.
    get_user_model().objects.filter(last_login__gte=long_ago).exclude(ends_at=None).update(ends_at=None)


def erase_inactive(now: datetime) -> None:
    """Erase users who were notified and did not return, or never confirmed; raise the last failure."""
    terms = AccountTerms.current()
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    gone = Q(ends_at__lte=now, last_login__lt=now - timedelta(days=terms.inactive_days))
    unconfirmed = now - timedelta(days=terms.unconfirmed_days)
    never_came = Q(date_joined__lt=unconfirmed, last_login=None) & ~Exists(verified)
    failure = None
    for user in _members().filter(gone | never_came):
        try:
            erase_person(user, Erasure.Comments.NAMELESS, now)
        except Exception as error:
            failure = error
    if failure:
        raise failure


def _members() -> QuerySet[User]:
    return get_user_model().objects.filter(is_staff=False)


def _warn(user: User, ends_at: datetime) -> None:
    with in_zone(user.time_zone):
        context = {"due_at": ends_at, "address": site_address("account_login")}
        write(user.email, _("Do you still want your account?"), "inactive", context)


def _end_sessions(user: User) -> None:
    """End all sessions of the user in allauth's list, which every way to sign in writes.

    Sessions name their user in signed data only. To find others, all would have to be read: a duty does that each day
    (`accounts.ended_sessions`).
    """
    listed = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=listed.values("session_key")).delete()
    listed.delete()


def _erase_desk_log(user: User, addresses: list[str]) -> None:
    """Delete the lines of the admin log that name the user or the user's comments."""
    comment_ids = [str(pk) for pk in comments_of(user, addresses).values_list("pk", flat=True)]
    for model, ids in ((get_user_model(), [str(user.pk)]), (Comment, comment_ids)):
        content_type = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=content_type, object_id__in=ids).delete()
