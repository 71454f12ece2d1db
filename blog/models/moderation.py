"""The therapist's moderation settings, blocked senders, reports and unsubscribed addresses."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog import threads
from blog.moderation import Mode

from .comments import Comment

MODE_LABELS = {
    Mode.HOLD_ALL: _("I read every comment first"),
    Mode.HOLD_FIRST: _("I read the first comment of each person first"),
    Mode.APPROVE_ALL: _("Comments appear at once"),
}


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
        return f"{self.get_reason_display()} ({self.comment_id})"


class UnsubscribedAddress(models.Model):
    """An address that receives no emails about comments."""

    email = models.EmailField(_("email"))
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address that wants no mails")
        verbose_name_plural = _("addresses that want no mails")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="blog_quiet_email",
                violation_error_message=_("This address gets no mails already."),
            )
        ]

    def __str__(self) -> str:
        return self.email
