"""Admin of articles and topics."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
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


@admin.register(Article)
class ArticleAdmin(AutocompleteMixin, EditingAdmin):
    """Articles, last changed first."""

    add_words = _("New article")
    form = ArticleForm
    inlines = [SourceInline]
    list_display = ["title", "topic", "standing", "published_at", "comment_count"]
    list_filter = ["status", "topic"]
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
