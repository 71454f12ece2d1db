"""Admin of articles and topics."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from blog.models import Article, Source, Topic
from common.autocomplete import AutocompleteMixin
from common.desk_admin import DAYS_AND_TIMES, DeskAdmin, DeskTabularInline
from common.edit_conflicts.admin import EditConflictMixin

from .article_form import ArticleForm
from .editing import EditingAdmin


class SourceInline(DeskTabularInline):
    """The sources of an article, in order."""

    add_words = _("Add a source")
    model = Source
    extra = 1
    fields = ["position", "text", "url"]
    formfield_overrides = DAYS_AND_TIMES | {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})},
        models.URLField: {"assume_scheme": "https"},
    }


class StandingFilter(admin.SimpleListFilter):
    """Articles by what their row says of them: those that are still to come are not called published."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return each status, with the scheduled after the drafts."""
        draft, *others = Article.Status.choices
        return [draft, ("scheduled", _("Scheduled")), *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Return the articles chosen."""
        published = queryset.filter(status=Article.Status.PUBLISHED)
        match self.value():
            case None:
                return queryset
            case "scheduled":
                return published.filter(published_at__gt=timezone.now())
            case Article.Status.PUBLISHED:
                return published.filter(published_at__lte=timezone.now())
            case status:
                return queryset.filter(status=status)


class TopicFilter(admin.RelatedFieldListFilter):
    """Articles by topic, or without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = escape(_("No topic"))


@admin.register(Article)
class ArticleAdmin(AutocompleteMixin, EditingAdmin):
    """Articles: drafts first, those last written on before the others, then from the newest to the oldest."""

    add_words = _("New article")
    form = ArticleForm
    inlines = [SourceInline]
    list_display = ["title", "topic", "standing", "published_at", "comment_count"]
    list_filter = [StandingFilter, ("topic", TopicFilter)]
    ordering = [
        Case(When(status=Article.Status.DRAFT, then=0), default=1),
        Case(When(status=Article.Status.DRAFT, then=F("words_changed_at")), default=F("published_at")).desc(
            nulls_last=True
        ),
        "-pk",
    ]
    list_select_related = ["topic"]
    autocomplete_fields = ["cover"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        (_("Publishing"), {"fields": ["status", "published_at", "slug", "comments_open"]}),
        (_("About it"), {"fields": ["topic", "cover", "author", "reviewed_by", "reviewed_on"]}),
        (_("Version"), {"fields": ["version_name"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Limit to articles: pages have a list of their own."""
        return super().get_queryset(request).filter(kind=Article.Kind.ARTICLE)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Default the author to the current user."""
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}


@admin.register(Topic)
class TopicAdmin(EditConflictMixin, DeskAdmin):
    """Topics of articles."""

    add_words = _("New topic")
    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}
