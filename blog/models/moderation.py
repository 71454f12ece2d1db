"""The therapist's moderation settings, blocked senders, reports and unsubscribed addresses."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog import threads
from blog.moderation import Mode

from .comments import NAME_MAX_LENGTH, Comment

MODE_LABELS = {
    Mode.HOLD_ALL: _("I read every comment first"),
    Mode.HOLD_FIRST: _("I read the first comment of each person first"),
    Mode.APPROVE_ALL: _("Comments appear at once"),
}


DIGEST_HOUR = 7  # of the day, unless another one is chosen


class CommentPolicy(models.Model):
    """The moderation settings: a single row."""

    mode = models.CharField(
        _("who is read first"), max_length=12, choices=list(MODE_LABELS.items()), default=Mode.HOLD_ALL
    )
    max_links = models.PositiveSmallIntegerField(
        _("links"), default=1, help_text=_("A comment with more links than this waits for you.")
    )
    hold_words = models.TextField(
        _("words that wait for you"), blank=True, help_text=_("One word or phrase a line.")
    )
    spam_words = models.TextField(
        _("words that are spam"), blank=True, help_text=_("One word or phrase a line.")
    )
    close_after_days = models.PositiveSmallIntegerField(
        _("close after"), null=True, blank=True, help_text=_("Days after publishing; empty means never.")
    )
    max_depth = models.PositiveSmallIntegerField(
        _("steps that are indented"),
        default=threads.MAX_DEPTH,
        help_text=_("Deeper answers stay at the last step."),
    )

    class Meta:
        verbose_name = _("how comments are moderated")
        verbose_name_plural = _("how comments are moderated")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="blog_policy_one_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class BlockedSender(models.Model):
    """An email address whose comments are classified as spam."""

    email = models.EmailField(_("email"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    blocked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("barred person")
        verbose_name_plural = _("barred people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="blog_barred_email",
                violation_error_message=_("This address is barred already."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class TrustedWriter(models.Model):
    """Somebody whose comments are public at once: an account, or a guest by email address.

    `name` is as it stood on the comment by which they were trusted.
    """

    author = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("email"), blank=True)
    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH)
    trusted_at = models.DateTimeField(_("trusted since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("trusted writer")
        verbose_name_plural = _("trusted writers")
        ordering = ["-trusted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="blog_trustedwriter_email",
                condition=Q(author=None),
                violation_error_message=_("This address is trusted already."),
            ),
            models.CheckConstraint(
                condition=Q(author=None) ^ Q(email=""),
                name="blog_trustedwriter_one_person",
                violation_error_message=_("A trusted writer has an account or an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReadyPhrase(models.Model):
    """Words for answers that are written often; `name` stands on the button that puts them in."""

    name = models.CharField(_("name"), max_length=40, help_text=_("It stands on the button."))
    text = models.TextField(
        _("words"), max_length=2000, help_text=_("They are put into your answer, where you go on writing.")
    )

    class Meta:
        verbose_name = _("ready phrase")
        verbose_name_plural = _("ready phrases")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """A reader's report of a comment; open until the therapist has reviewed it.

    `red_flags` are codes of emergency signs in the words of its note: such a report is always one of its own.
    """

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("It is unkind or attacks someone")
        UNSAFE = "unsafe", _("Its advice could hurt someone")
        PRIVATE = "private", _("It shows something private")
        SPAM = "spam", _("It is advertising")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.TextField(_("note"), blank=True)
    red_flags = ArrayField(models.CharField(max_length=30), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    resolved_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reason"],
                condition=Q(resolved_at=None, red_flags=[]),
                name="blog_report_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class UnsubscribedAddress(models.Model):
    """An address that receives no emails about comments."""

    email = models.EmailField(_("email"))
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address that wants no email")
        verbose_name_plural = _("addresses that want no email")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="blog_quiet_email",
                violation_error_message=_("This address gets no mails already."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class CommentMailChoice(models.Model):
    """How one moderator hears of comments by email; without a row, by one email for each comment.

    A digest goes out once a local day, from `hour` on in the moderator's own time zone. `digest_at` is when comments were
    last looked through for it, whether or not there was something to send.
    """

    class Frequency(models.TextChoices):
        EACH = "each", _("One email for each comment")
        DAILY = "daily", _("One email a day, with all that waits")
        NEVER = "never", _("No emails: I look at the desk")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="comment_mails"
    )
    frequency = models.CharField(
        _("emails about comments"), max_length=5, choices=Frequency, default=Frequency.EACH
    )
    hour = models.PositiveSmallIntegerField(
        _("sent at"), default=DIGEST_HOUR, validators=[MaxValueValidator(23)]
    )
    digest_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("emails about comments")
        verbose_name_plural = _("emails about comments")
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="blog_commentmailchoice_hour_of_a_day")
        ]

    def __str__(self) -> str:
        return self.frequency

    def is_digest_due(self, now: datetime) -> bool:
        """Return whether today's digest has still to be sent at `now` (needs `user`)."""
        zone = ZoneInfo(self.user.time_zone)
        moment = datetime.combine(now.astimezone(zone).date(), time(self.hour), zone)
        return self.frequency == self.Frequency.DAILY and self.digest_at < moment.astimezone(UTC) <= now
