"""All categories of rows about one person, in every app: the one list behind privacy page, export and tests."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db.models import CharField, Count, Q, Value
from django.utils.translation import gettext as _

from accounts.models import User
from blog.models import Autosave, CommentMailChoice, TrustedWriter, UnsubscribedAddress, Version
from blog.services.erasure import any_of, comments_of
from common.data_categories import DataCategory
from postpartum.models import Erasure, Export, Invitation, Mail, NewsletterSubscriber, Reminder
from programs.pages.data_categories import data_categories_of


def addresses_of(user: User) -> list[str]:
    """Return the confirmed email addresses of the user, in lower case and sorted.

    An address that nobody confirmed may be a stranger's: it gives no right over what belongs to it.
    """
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({email.lower() for email in confirmed})


def data_categories_for(user: User) -> list[DataCategory]:
    """Return what is stored about the user (one query, for the addresses)."""
    addresses = addresses_of(user)
    return [
        *_account(user),
        *data_categories_of(user),
        *_writing(user, addresses),
        *_letters(user, addresses),
    ]


def counts_of(categories: list[DataCategory]) -> dict[str, int]:
    """Return the number of rows by category, {key: count}, in one query; categories without rows are missing."""
    counts = [
        category.rows.order_by()
        .annotate(category_key=Value(category.key, output_field=CharField()))
        .values_list("category_key")
        .annotate(category_count=Count("pk"))
        for category in categories
    ]
    return dict(counts[0].union(*counts[1:], all=True))


def _account(user: User) -> list[DataCategory]:
    return [
        DataCategory(
            "account",
            _("Your account"),
            _("Your address to sign in, your names and your time zone."),
            get_user_model().objects.filter(pk=user.pk),
            left_out=("password",),
        ),
        DataCategory(
            "addresses",
            _("Your email addresses"),
            _("Where we send codes and emails."),
            EmailAddress.objects.filter(user=user),
        ),
        DataCategory(
            "second_steps",
            _("Passkeys and second steps"),
            _("They show that it’s you."),
            Authenticator.objects.filter(user=user),
            left_out=("data",),
        ),
        DataCategory(
            "devices",
            _("Where you are signed in"),
            _("You can see them here and sign them out."),
            UserSession.objects.filter(user=user),
            left_out=("session_key", "data"),
        ),
        DataCategory(
            "desk_log",
            _("What you did at the desk"),
            _("We keep this for everyone who works here."),
            LogEntry.objects.filter(user=user),
        ),
    ]


def _writing(user: User, addresses: list[str]) -> list[DataCategory]:
    return [
        DataCategory(
            "comments",
            _("Your comments"),
            _("Public under articles once approved. Your email is never shown."),
            comments_of(user, addresses),
            left_out=("html", "sent_digest"),
        ),
        DataCategory(
            "trusted",
            _("Your comments appear at once"),
            _("Our team trusts what you write."),
            TrustedWriter.objects.filter(Q(author=user) | any_of(addresses)),
        ),
        DataCategory(
            "drafts",
            _("Unsaved article drafts"),
            _("They keep your typing from getting lost."),
            Autosave.objects.filter(writer=user),
        ),
        DataCategory(
            "versions",
            _("Versions of articles you saved"),
            _("They show an article’s history."),
            Version.objects.filter(saved_by=user),
        ),
    ]


def _letters(user: User, addresses: list[str]) -> list[DataCategory]:
    is_own = any_of(addresses)
    return [
        DataCategory(
            "mails",
            _("Emails to you"),
            _("Who it went to, when, and if it arrived. What an email says is deleted once it is sent."),
            Mail.objects.to(addresses),
            left_out=("headers", "text", "html", "message_id"),
        ),
        DataCategory(
            "reminders",
            _("Your reminders"),
            _("The days and the hour you chose."),
            Reminder.objects.filter(user=user),
            left_out=("calendar_key",),
        ),
        DataCategory(
            "letter",
            _("The newsletter"),
            _("You asked for it."),
            NewsletterSubscriber.objects.filter(is_own),
        ),
        DataCategory(
            "invitations",
            _("An invitation you have not used"),
            _("Somebody of our team asked you to join. It is deleted some weeks after its link has died."),
            Invitation.objects.filter(is_own),
            left_out=("token_hash",),
        ),
        DataCategory(
            "quiet",
            _("No emails about comments"),
            _("You asked us not to write."),
            UnsubscribedAddress.objects.filter(is_own),
        ),
        DataCategory(
            "comment_mails",
            _("How you hear of comments"),
            _("The kind of email and the hour you chose at the desk."),
            CommentMailChoice.objects.filter(user=user),
        ),
        DataCategory(
            "copies",
            _("Copies of your data"),
            _("Made when you ask, deleted after a week."),
            Export.objects.filter(user=user),
            left_out=("key", "file"),
        ),
        DataCategory(
            "erasure",
            _("Your request to delete everything"),
            _("We keep it until it is done."),
            Erasure.objects.filter(user=user),
        ),
    ]
