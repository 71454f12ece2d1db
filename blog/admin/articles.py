"""Admin of articles and topics."""

from typing import Any, cast

from csp.constants import NONCE
from csp.decorators import csp_update
from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from blog.models import Article, Source, Topic
from blog.services import drop_autosave, redirect_from, render_article, save_version
from common.members import signed_in_user

from .article_form import ArticleForm
from .versions import VersionsMixin

# The hash of the editor's inline <style>; it changes with the editor's version, which a browser test detects.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class SourceInline(admin.TabularInline):
    """The sources of an article, in order."""

    model = Source
    extra = 1
    fields = ["position", "text", "url"]
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})},
        models.URLField: {"assume_scheme": "https"},
    }


@admin.register(Article)
class ArticleAdmin(VersionsMixin, admin.ModelAdmin):
    """Articles, last changed first."""

    class Media:
        css = {"all": ["blog/desk.css"]}

    form = ArticleForm
    inlines = [SourceInline]
    list_display = ["title", "topic", "standing", "published_at", "comment_count"]
    list_filter = ["status", "topic"]
    list_select_related = ["topic"]
    search_fields = ["title", "summary", "body"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["cover"]
    ordering = ["-changed_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "cover", "body"]}),
        (_("Where and when"), {"fields": ["topic", "author", "status", "published_at", "comments_open"]}),
        (_("Review"), {"fields": ["reviewed_by", "reviewed_on"]}),
        (None, {"fields": ["version_name"]}),
    ]

    @admin.display(description=_("status"), ordering="status")
    def standing(self, article: Article) -> str:
        """Return the status, or "Scheduled" if the time of publication is in the future."""
        if (
            article.status == Article.Status.PUBLISHED
            and article.published_at
            and article.published_at > timezone.now()
        ):
            return str(_("Scheduled"))
        return str(article.get_status_display())

    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Relax the content security policy for the editor's import map and style, on this page only."""
        response = super().changeform_view(request, *args, **kwargs)
        return response.render() if hasattr(response, "render") else response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the request's CSP nonce to the editor's scripts."""
        media = context["media"]
        media = media if isinstance(media, Media) else Media.from_media(media)
        context["media"] = media.with_nonce(str(cast(Any, request).csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Default the author to the current user."""
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, article: Article, form: Any, change: bool) -> None:
        """Save the article and redirect its former slug to the new one."""
        super().save_model(request, article, form, change)
        if change and "slug" in form.changed_data:
            redirect_from(form.initial["slug"], article)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the sources, then render the article, save a version and drop the autosave."""
        super().save_related(request, form, formsets, change)
        article, now = form.instance, timezone.now()
        render_article(article, now)
        save_version(article, signed_in_user(request), now, name=form.cleaned_data.get("version_name", ""))
        drop_autosave(article if change else None, signed_in_user(request))


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """Topics of articles."""

    list_display = ["name", "slug", "position"]
    list_editable = ["position"]
    prepopulated_fields = {"slug": ["name"]}
