"""Admin of comments, reports, barred people and unsubscribed addresses."""

from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.db import models
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.models import BlockedSender, Comment, ReadyPhrase, Report, TrustedWriter, UnsubscribedAddress
from blog.moderation import Status
from blog.querysets import CommentQuerySet
from blog.services import (
    DECIDED,
    OPEN,
    block_senders,
    change_comment,
    erase_comments,
    moderate_comments,
    open_conversation,
    undo_moderation,
    with_trust,
)
from common.desk_admin import DAYS_AND_TIMES, DeskAdmin
from common.edit_conflicts.admin import EditConflictMixin

EXCERPT_CHARS = 400
KEYS = [
    ("J", _("next comment")),
    ("K", _("comment before")),
    ("A", _("approve")),
    ("R", _("reply")),
    ("E", _("edit")),
    ("S", _("spam")),
    ("T", _("trash")),
    ("Z", _("undo")),
    ("X", _("choose, for several at once")),
]


@admin.register(Comment)
class CommentAdmin(EditConflictMixin, DeskAdmin):
    """The moderation queue, pending comments first."""

    class Media:
        css = {"all": ["blog/desk.css"]}

    change_list_template = "admin/blog/comment/change_list.html"
    change_form_template = "admin/blog/comment/change_form.html"
    list_display = ["excerpt", "created_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["article", "parent"]
    list_per_page = 50
    search_fields = ["name", "email", "body"]
    ordering = [Case(When(status=Status.PENDING, then=0), default=1), "-created_at", "-pk"]
    actions = ["approve", "mark_as_spam", "put_in_trash", "undo", "bar"]
    fields = ["name", "website", "body", "email"]
    readonly_fields = ["email"]
    formfield_overrides = DAYS_AND_TIMES | {models.URLField: {"assume_scheme": "https"}}

    def title_of(self, row: Comment) -> str:
        """Return who has written it."""
        return _("Comment by %(name)s") % {"name": row.name}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deny it: comments are written on the site, where the rules apply."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the inbox: the comment decided last with a way to undo it, and one conversation beside the list.

        That is the one asked for by OPEN, on a phone alone; otherwise the first of the list, on a wide screen only.
        """
        query = request.GET.copy()
        wanted = _number("".join(query.pop(OPEN, [])[-1:]))
        request.GET = query  # type: ignore[assignment]  # without what is no filter of the list
        decided = Comment.objects.filter(pk=request.session.pop(DECIDED, 0)).first()
        context = {"decided": decided, "keys": KEYS, **(extra_context or {})}
        response = super().changelist_view(request, context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            shown = response.context_data["cl"]
            number = wanted or next((comment.pk for comment in shown.result_list), 0)
            response.context_data |= {
                "talk": open_conversation(number),
                "is_one": bool(wanted),
                "filters": shown.get_query_string().removeprefix("?"),
                "open_by": OPEN,
            }
        return response

    def get_queryset(self, request: HttpRequest) -> CommentQuerySet:
        """Return the comments, annotated with whether their writers are trusted."""
        return with_trust(cast("CommentQuerySet", super().get_queryset(request)))

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        """Return the beginning of the text, long enough to decide."""
        return Truncator(comment.body).chars(EXCERPT_CHARS)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the conversation: what the comment answers, from the first on, and its own answers."""
        context |= {"talk": open_conversation(context["original"].pk)}
        return super().render_change_form(request, context, *args, **kwargs)

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

    @admin.action(description=_("Bar the writers: all they say goes to spam"), permissions=["change"])
    def bar(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        """Bar the writers of the selected comments, and name them: a tick may have gone to the wrong one."""
        nameless = comments.filter(email="").count()
        barred, changed = block_senders(comments, timezone.now())
        self._report_count(request, changed)
        if barred:
            words = _("Barred: %(people)s. All they say goes to spam.")
            self.message_user(request, words % {"people": ", ".join(barred)}, messages.SUCCESS)
        if nameless:
            text = ngettext(
                "%(n)d comment has no email address. It is in spam, but nobody is barred for it.",
                "%(n)d comments have no email address. They are in spam, but nobody is barred for them.",
                nameless,
            )
            self.message_user(request, text % {"n": nameless}, messages.WARNING)

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
class BlockedSenderAdmin(EditConflictMixin, DeskAdmin):
    """Senders whose comments are spam."""

    add_words = _("Bar somebody")
    list_display = ["email", "note", "barred_at"]
    search_fields = ["email", "note"]

    @admin.display(description=_("barred at"), ordering="blocked_at")
    def barred_at(self, sender: BlockedSender) -> datetime:
        """Return when, under the word that stands everywhere else."""
        return sender.blocked_at


@admin.register(TrustedWriter)
class TrustedWriterAdmin(DeskAdmin):
    """Writers whose comments are public at once. They are added at a comment of theirs."""

    empty_words = _(
        "Nobody yet. To trust a writer, open a comment of theirs and press “Trust … from now on”."
    )
    list_display = ["name", "trusted_at"]
    search_fields = ["name", "email"]
    fields = ["name", "trusted_at"]
    readonly_fields = ["name", "trusted_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deny it: whom to trust is seen at what they write."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TrustedWriter | None = None) -> bool:
        """Deny it: there is nothing to change."""
        return False


@admin.register(ReadyPhrase)
class ReadyPhraseAdmin(EditConflictMixin, DeskAdmin):
    """Words for answers that are written often."""

    add_words = _("New phrase")
    list_display = ["name", "text"]


class LookedAtFilter(admin.SimpleListFilter):
    """Reports that somebody has looked at, and those that nobody has."""

    title = _("looked at")
    parameter_name = "looked_at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return no and yes."""
        return [("no", _("Not yet")), ("yes", _("Looked at"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """Return the reports chosen."""
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() == "no")


@admin.register(Report)
class ReportAdmin(EditConflictMixin, DeskAdmin):
    """Reports by readers; a decision about the comment resolves them."""

    list_display = ["reason", "comment", "note", "created_at", "resolved_at"]
    list_filter = [LookedAtFilter, "reason"]
    list_select_related = ["comment"]
    readonly_fields = ["comment", "reason", "note", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Deny it: readers report on the site."""
        return False


@admin.register(UnsubscribedAddress)
class UnsubscribedAddressAdmin(DeskAdmin):
    """Addresses that receive no emails."""

    add_words = _("New address")
    list_display = ["email", "since"]
    search_fields = ["email"]


def _number(text: str) -> int:
    """Return the number of a row, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
