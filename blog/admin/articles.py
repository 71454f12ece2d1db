"""Writing articles."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django import forms
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from js_asset import Media

from blog.models import Article, Source, Topic
from blog.prose import clean_article
from blog.services import finish_article

# The editor's own <style>, by its digest; it changes with the editor's version, and a browser test sees that.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

EXTENSIONS = {
    "Heading": {"levels": [2, 3]},
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Figure": True,
    "Caption": True,
    "Image": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "SpecialCharacters": True,
}


class ArticleForm(forms.ModelForm):
    """An article in the editor; what comes out of it is cleaned like any other HTML."""

    body = ProseEditorFormField(
        label=_("Text"), required=False, config={"extensions": EXTENSIONS}, sanitize=clean_article
    )

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007 - the admin names the fields

    def clean(self):
        """Publishing without a time means now."""
        words = super().clean()
        if words.get("status") == Article.Status.PUBLISHED and not words.get("published_at"):
            words["published_at"] = timezone.now()
        return words


class SourceInline(admin.TabularInline):
    """What the article rests on, in order."""

    model = Source
    extra = 1
    fields = ["position", "text", "url"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Articles, newest first."""

    form = ArticleForm
    inlines = [SourceInline]
    list_display = ["title", "topic", "status", "published_at", "comment_count"]
    list_filter = ["status", "topic"]
    list_select_related = ["topic"]
    search_fields = ["title", "summary", "body"]
    prepopulated_fields = {"slug": ["title"]}
    ordering = ["-changed_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body"]}),
        (_("Where and when"), {"fields": ["topic", "author", "status", "published_at", "comments_open"]}),
        (_("Review"), {"fields": ["reviewed_by", "reviewed_on"]}),
    ]

    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, *args, **kwargs):
        """The editor's import map and style need their place in the content security policy, here only."""
        response = super().changeform_view(request, *args, **kwargs)
        return response.render() if hasattr(response, "render") else response

    def render_change_form(self, request, context, *args, **kwargs):
        """Give the editor's scripts this page's nonce."""
        media = context["media"]
        media = media if isinstance(media, Media) else Media.from_media(media)
        context["media"] = media.with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request):
        """She writes under her own name."""
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def save_related(self, request, form, formsets, change):
        """Words and sources are both there: make the page."""
        super().save_related(request, form, formsets, change)
        finish_article(form.instance, timezone.now())


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """What articles are about."""

    list_display = ["name", "slug", "position"]
    list_editable = ["position"]
    prepopulated_fields = {"slug": ["name"]}
