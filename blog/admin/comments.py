"""Admin of comments, reports, blocked senders and unsubscribed addresses."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Case, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.models import BlockedSender, Comment, Report, UnsubscribedAddress
from blog.models.comments import REASON_LABELS
from blog.moderation import Reason, Status
from blog.querysets import CommentQuerySet
from blog.services import (
    block_senders,
    change_comment,
    erase_comments,
    moderate_comments,
    undo_moderation,
)
from common.edit_conflicts.admin import EditConflictMixin

EXCERPT_CHARS = 400


@admin.register(Comment)
class CommentAdmin(EditConflictMixin, admin.ModelAdmin):
    """The moderation queue, pending comments first."""

    class Media:
        css = {"all": ["blog/desk.css"]}

    list_display = ["excerpt", "status", "answer", "name", "why", "created_at", "under"]
    list_filter = ["status", "created_at"]
    list_select_related = ["article"]
    list_per_page = 50
    search_fields = ["name", "email", "body"]
    ordering = [Case(When(status=Status.PENDING, then=0), default=1), "-created_at", "-pk"]
    actions = ["approve", "mark_as_spam", "put_in_trash", "undo", "bar"]
    fields = [
        "article",
        "parent",
        "name",
        "email",
        "website",
        "body",
        "status",
        "why",
        "created_at",
        "answer",
    ]
    readonly_fields = ["article", "parent", "email", "status", "why", "created_at", "answer"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deny it: comments are written on the site, where the rules apply."""
        return False

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        """Return the beginning of the text, long enough to decide."""
        return Truncator(comment.body).chars(EXCERPT_CHARS)

    @admin.display(description=_("article"), ordering="article__title")
    def under(self, comment: Comment) -> str:
        """Return the title of the article."""
        return comment.article.title

    @admin.display(description=_("held because"))
    def why(self, comment: Comment) -> str:
        """Return why the comment is held and its red flags; empty after a decision."""
        if comment.status not in (Status.PENDING, Status.SPAM):
            return ""
        reasons = [str(REASON_LABELS[Reason(reason)]) for reason in comment.reasons]
        return ", ".join([*reasons, *(flag.replace("_", " ") for flag in comment.red_flags)])

    @admin.display(description=_("answer"))
    def answer(self, comment: Comment) -> str:
        """Return a link to the reply form; replying to a pending comment approves it."""
        if comment.status not in (Status.PENDING, Status.APPROVED):
            return ""
        address = reverse("article_comment", args=[comment.article.slug])
        return format_html('<a href="{}?parent={}">{}</a>', address, comment.pk, _("Reply"))

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Publish the selected comments."""
        self._moderate(request, comments, Status.APPROVED)

    @admin.action(description=_("Mark as spam"), permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Hide the selected comments as spam."""
        self._moderate(request, comments, Status.SPAM)

    @admin.action(description=_("Put in the trash"), permissions=["change"])
    def put_in_trash(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Hide the selected comments; their replies stay public."""
        self._moderate(request, comments, Status.TRASH)

    @admin.action(description=_("Undo the last decision"), permissions=["change"])
    def undo(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Restore the previous status of the selected comments."""
        self._report_count(request, undo_moderation(comments, timezone.now()))

    @admin.action(description=_("Block the writers: all they say goes to spam"), permissions=["change"])
    def bar(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Block the senders of the selected comments."""
        self._report_count(request, block_senders(comments, timezone.now()))

    def _moderate(self, request: HttpRequest, comments: CommentQuerySet, status: Status) -> None:
        self._report_count(request, moderate_comments(comments, status, timezone.now()))

    def _report_count(self, request: HttpRequest, changed: int) -> None:
        text = ngettext("%(changed)d comment changed.", "%(changed)d comments changed.", changed)
        self.message_user(request, text % {"changed": changed}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, comment: Comment, form: Any, change: bool) -> None:
        """Save the edit and render the thread."""
        change_comment(comment, timezone.now())

    def delete_model(self, request: HttpRequest, comment: Comment) -> None:
        """Erase one comment."""
        erase_comments(Comment.objects.filter(pk=comment.pk), timezone.now())

    def delete_queryset(self, request: HttpRequest, comments: Any) -> None:
        """Erase the selected comments."""
        erase_comments(comments, timezone.now())


@admin.register(BlockedSender)
class BlockedSenderAdmin(EditConflictMixin, admin.ModelAdmin):
    """Senders whose comments are spam."""

    list_display = ["email", "note", "blocked_at"]
    search_fields = ["email", "note"]


@admin.register(Report)
class ReportAdmin(EditConflictMixin, admin.ModelAdmin):
    """Reports by readers; a decision about the comment resolves them."""

    list_display = ["reason", "comment", "note", "created_at", "resolved_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["comment"]
    readonly_fields = ["comment", "reason", "note", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deny it: readers report on the site."""
        return False


@admin.register(UnsubscribedAddress)
class UnsubscribedAddressAdmin(admin.ModelAdmin):
    """Addresses that receive no emails."""

    list_display = ["email", "since"]
    search_fields = ["email"]
