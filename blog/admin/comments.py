"""The queue of comments, and what readers say about them."""

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

EXCERPT_CHARS = 400


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Read, approve, answer, or put away; those that wait stand first."""

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
        """Comments are written on the site, where the rules are; the therapist answers there too."""
        return False

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        """Enough of it to decide."""
        return Truncator(comment.body).chars(EXCERPT_CHARS)

    @admin.display(description=_("article"), ordering="article__title")
    def under(self, comment: Comment) -> str:
        """What it was said under."""
        return comment.article.title

    @admin.display(description=_("held because"))
    def why(self, comment: Comment) -> str:
        """Why the rules keep it back, and the signs of an emergency in it; nothing once it is decided."""
        if comment.status not in (Status.PENDING, Status.SPAM):
            return ""
        reasons = [str(REASON_LABELS[Reason(reason)]) for reason in comment.reasons]
        return ", ".join([*reasons, *(flag.replace("_", " ") for flag in comment.red_flags)])

    @admin.display(description=_("answer"))
    def answer(self, comment: Comment) -> str:
        """Leads to the form on the site; answering a waiting comment approves it."""
        if comment.status not in (Status.PENDING, Status.APPROVED):
            return ""
        address = reverse("article_comment", args=[comment.article.slug])
        return format_html('<a href="{}?parent={}">{}</a>', address, comment.pk, _("Reply"))

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Let everybody read them."""
        self._moderate(request, comments, Status.APPROVED)

    @admin.action(description=_("Mark as spam"), permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Out of sight, and known as spam."""
        self._moderate(request, comments, Status.SPAM)

    @admin.action(description=_("Put in the trash"), permissions=["change"])
    def put_in_trash(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Out of sight; replies stay readable under it."""
        self._moderate(request, comments, Status.TRASH)

    @admin.action(description=_("Undo the last decision"), permissions=["change"])
    def undo(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Back to what they were before."""
        self._report_count(request, undo_moderation(comments, timezone.now()))

    @admin.action(description=_("Bar the writers: all they say goes to spam"), permissions=["change"])
    def bar(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """For somebody who does not stop."""
        self._report_count(request, block_senders(comments, timezone.now()))

    def _moderate(self, request: HttpRequest, comments: CommentQuerySet, status: Status) -> None:
        self._report_count(request, moderate_comments(comments, status, timezone.now()))

    def _report_count(self, request: HttpRequest, changed: int) -> None:
        text = ngettext("%(changed)d comment changed.", "%(changed)d comments changed.", changed)
        self.message_user(request, text % {"changed": changed}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, comment: Comment, form: Any, change: bool) -> None:
        """Changed words show in the conversation at once."""
        change_comment(comment, timezone.now())

    def delete_model(self, request: HttpRequest, comment: Comment) -> None:
        """Delete one for good."""
        erase_comments(Comment.objects.filter(pk=comment.pk), timezone.now())

    def delete_queryset(self, request: HttpRequest, comments: Any) -> None:
        """Delete the chosen for good."""
        erase_comments(comments, timezone.now())


@admin.register(BlockedSender)
class BlockedSenderAdmin(admin.ModelAdmin):
    """People whose comments go to spam."""

    list_display = ["email", "note", "blocked_at"]
    search_fields = ["email", "note"]


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """What readers point at; deciding about the comment answers its reports."""

    list_display = ["reason", "comment", "note", "created_at", "resolved_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["comment"]
    readonly_fields = ["comment", "reason", "note", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers report."""
        return False


@admin.register(UnsubscribedAddress)
class UnsubscribedAddressAdmin(admin.ModelAdmin):
    """Who wants no more mails."""

    list_display = ["email", "since"]
    search_fields = ["email"]
