"""Comments and the rendered pages of their threads."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blog.moderation import Reason, Status
from blog.querysets import CommentQuerySet

from .articles import Article

NAME_MAX_LENGTH = 60
WEBSITE_MAX_LENGTH = 200
STATUS_LABELS = {
    Status.PENDING: _("Waiting"),
    Status.APPROVED: _("Approved"),
    Status.SPAM: _("Spam"),
    Status.TRASH: _("Trash"),
}
REASON_LABELS = {
    Reason.RED_FLAG: _("signs of an emergency"),
    Reason.HONEYPOT: _("filled in by a program"),
    Reason.SPAM_WORD: _("one of your spam words"),
    Reason.BARRED: _("barred person"),
    Reason.HELD_ALL: _("you read all first"),
    Reason.FIRST: _("this person’s first"),
    Reason.LINKS: _("many links"),
    Reason.WORD: _("one of your words"),
    Reason.TOO_FAST: _("sent very fast"),
    Reason.MEMBERS_ADDRESS: _("a member’s address, not signed in"),
    Reason.FILTER: _("spam filter"),
}
IN_NEED_FIRST = Case(When(red_flags=[], then=1), default=0)  # of whoever speaks of an emergency; for order_by


class Comment(models.Model):
    """A comment under an article.

    `email` is private: for the therapist and for notifications. `author` is set if the author was signed in. `html` is
    `body` rendered as safe paragraphs. `reasons` are the codes of `moderation.Reason` for holding it. `sent_digest`
    detects a second submission of the same text by the same person; it is empty where duplicates are allowed (imports).
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="comments", verbose_name=_("article"), db_index=False
    )  # the first column of another index
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), max_length=WEBSITE_MAX_LENGTH, blank=True)
    body = models.TextField(_("comment"))
    html = models.TextField(editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=list(STATUS_LABELS.items()), default=Status.PENDING
    )
    status_before = models.CharField(max_length=10, blank=True, editable=False)
    reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)
    red_flags = ArrayField(models.CharField(max_length=30), default=list, blank=True, editable=False)
    wants_answers = models.BooleanField(_("email me when someone answers"), default=False)
    approval_told = models.BooleanField(default=False, editable=False)
    answer_told = models.BooleanField(default=False, editable=False)
    moderated_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["article", "status", "created_at"], name="blog_comment_thread"),
            models.Index(fields=["status", "-created_at"], name="blog_comment_queue"),
            models.Index(Upper("email"), name="blog_comment_email_upper"),  # as `iexact` compares
            models.Index(
                Case(When(status="pending", then=0), default=1),
                F("created_at").desc(),
                F("id").desc(),
                name="blog_comment_desk",
            ),
            models.Index(
                IN_NEED_FIRST,
                F("created_at"),
                condition=Q(status=Status.PENDING),
                name="blog_comment_waiting",
            ),
        ]
        constraints = [
            # The target of the composite foreign key of migration 0002, which keeps a reply under its parent's article.
            models.UniqueConstraint(fields=["id", "article"], name="blog_comment_id_article"),
            models.UniqueConstraint(
                fields=["article", "sent_digest"], condition=~Q(sent_digest=""), name="blog_comment_sent_once"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="blog_comment_not_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="blog_comment_known_status"),
            models.CheckConstraint(
                condition=~Q(body="") | Q(status=Status.TRASH),
                name="blog_comment_shown_has_words",
                violation_error_message=_(
                    "A comment has words. To take it off the page, put it in the trash."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {Truncator(self.body).words(10)}"

    def get_absolute_url(self) -> str:
        """Return the permanent URL, which redirects to the page of the thread with this comment."""
        return reverse("comment", args=[self.article.slug, self.pk])

    @property
    def why(self) -> str:
        """Why it waits or was found to be spam, and its signs of an emergency; empty where a person has decided."""
        found_spam = self.status == Status.SPAM and self.moderated_at is None
        if self.status != Status.PENDING and not found_spam:
            return ""
        reasons = [str(REASON_LABELS[Reason(reason)]) for reason in self.reasons]
        return ", ".join([*reasons, *(flag.replace("_", " ") for flag in self.red_flags)])


class ThreadPage(models.Model):
    """One rendered page of an article's comments, rewritten on every moderation decision."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="thread_pages")
    number = models.PositiveIntegerField()
    comment_ids = ArrayField(models.BigIntegerField())
    html = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="blog_threadpage_number")]

    def __str__(self) -> str:
        return f"page {self.number}"
