"""What the change forms of articles and pages share: the editor, redirects from former addresses, rendering."""

from typing import Any, cast

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from blog.models import Article
from blog.services import drop_autosave, redirect_from, render_article, save_version
from common.desk_admin import DeskAdmin, Words
from common.edit_conflicts.admin import EditConflictMixin
from common.members import signed_in_user

from .versions import VersionsMixin

# The hash of the editor's inline <style>; it changes with the editor's version, which a browser test detects.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
# Where a text copied in Google Docs says that its pictures are: the browser of whoever pastes it fetches them.
PICTURES_OF_GOOGLE_DOCS = "https://*.googleusercontent.com"

# What is said after a save, by status.
SAID = {
    Article.Status.DRAFT: _("Saved as a draft: “{}”. Readers do not see it."),
    Article.Status.PUBLISHED: _("Published: readers see “{}” now."),
    Article.Status.WITHDRAWN: _("Withdrawn: readers no longer see “{}”."),
}


class EditingAdmin(VersionsMixin, EditConflictMixin, DeskAdmin):
    """A list of texts, last changed first, and the form of one."""

    class Media:
        css = {"all": ["blog/desk.css"]}

    search_fields = ["title", "summary", "body"]
    prepopulated_fields = {"slug": ["title"]}
    ordering = ["-changed_at"]

    @admin.display(description=_("status"), ordering="status")
    def standing(self, article: Article) -> str:
        """Return the status, or "Scheduled" if the time of publication is in the future."""
        return str(_("Scheduled") if _is_scheduled(article) else article.get_status_display())

    def words_of_save(self, article: Article) -> Words:
        """Return who reads the text from now on, or from when."""
        if _is_scheduled(article):
            time = date_format(localtime(article.published_at), "DATETIME_FORMAT")
            return _("Scheduled: readers see “{}” from %(time)s on.") % {"time": time}
        return SAID[Article.Status(article.status)]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return where visitors read a text; None for one that they do not read yet."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public(timezone.now()) else None

    @method_decorator(
        csp_update(
            {"script-src": [NONCE], "style-src": [EDITOR_STYLE], "connect-src": [PICTURES_OF_GOOGLE_DOCS]}
        )
    )
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Relax the content security policy for the editor's import map, style and pasted pictures, on this page only."""
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

    def save_model(self, request: HttpRequest, article: Article, form: Any, change: bool) -> None:
        """Save the text and redirect its former slug to the new one."""
        super().save_model(request, article, form, change)
        if change and "slug" in form.changed_data:
            redirect_from(form.initial["slug"], article)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the sources, then render the text, save a version and drop the autosave."""
        super().save_related(request, form, formsets, change)
        article, now = form.instance, timezone.now()
        render_article(article, now)
        save_version(article, signed_in_user(request), now, name=form.cleaned_data.get("version_name", ""))
        drop_autosave(article if change else self.model(), signed_in_user(request))


def _is_scheduled(article: Article) -> bool:
    return article.status == Article.Status.PUBLISHED and not article.is_public(timezone.now())
