"""Versions, autosave and preview links of articles and pages, beside the change form."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from blog.models import Article
from blog.sanitizing import clean_article
from blog.services import autosave, drop_autosave, restore_version, unsaved_text
from blog.tokens import preview_token
from common.lookups import row_or_404
from common.members import signed_in_user

PREVIEW_DAYS = 14
TEXT_FIELDS = ("title", "summary", "body")


class VersionsMixin(admin.ModelAdmin):
    """Adds versions, autosave and preview to the admin of articles or of pages."""

    change_form_template = "blog/admin/article_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add versions and autosave."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/versions/", view(self.versions_view), name=self._name("versions")),
            path("autosave/", view(self.autosave_view), name=self._name("autosave_new")),
            path("<int:pk>/autosave/", view(self.autosave_view), name=self._name("autosave")),
            *super().get_urls(),
        ]

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the versions, or restore one."""
        article = self._article(request, pk)
        if request.method == "POST":
            version = row_or_404(article.versions, request.POST.get("version"))
            restore_version(version, signed_in_user(request), timezone.now())
            self.message_user(request, _("The version is back."))
            return redirect(self._form_address(article))
        versions = article.versions.select_related("saved_by")
        title = _("Versions of “%(title)s”") % {"title": article.title}
        context = self.admin_site.each_context(request) | {
            "article": article,
            "list_title": capfirst(self.opts.verbose_name_plural),
            "list_address": self._address("changelist"),
            "form_address": self._form_address(article),
            "versions": versions,
            "title": title,
        }
        return TemplateResponse(request, "blog/admin/versions.html", context)

    @method_decorator(require_POST)
    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Store what is typed, or drop it."""
        if not pk and not self.has_add_permission(request):
            raise PermissionDenied
        article = self._article(request, pk) if pk else self.model()
        if request.POST.get("drop"):
            drop_autosave(article, signed_in_user(request))
            return redirect(self._form_address(article))
        text = {field: request.POST.get(field, "") for field in TEXT_FIELDS}
        text["title"] = text["title"][: Article._meta.get_field("title").max_length]
        autosave(
            article, signed_in_user(request), text | {"body": clean_article(text["body"])}, timezone.now()
        )
        return HttpResponse(status=204)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Fill in the autosaved text if ?unsaved= asks for it."""
        form = super().get_form(request, obj, change, **kwargs)
        unsaved = (
            unsaved_text(obj or self.model(), signed_in_user(request)) if request.GET.get("unsaved") else None
        )
        if unsaved is not None:
            text = {field: getattr(unsaved, field) for field in TEXT_FIELDS}
            form = type(form.__name__, (form,), {"restored_text": text})
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add the addresses of autosave and preview, and text that was typed but not saved."""
        found = self.get_object(request, unquote(object_id)) if object_id else None
        article = found or self.model()
        more: dict[str, Any] = {"autosave_address": self._autosave_address(article)}
        if article.pk:
            until = timezone.now() + timedelta(days=PREVIEW_DAYS)
            more["versions_address"] = self._address("versions", article.pk)
            more["preview"] = reverse("article_preview", args=[preview_token(article.pk, until)])
        if request.method == "GET" and not request.GET.get("unsaved"):
            more["unsaved"] = unsaved_text(article, signed_in_user(request))
        return super().changeform_view(request, object_id, form_url, (extra_context or {}) | more)

    def _article(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def _autosave_address(self, article: Article) -> str:
        return self._address("autosave", article.pk) if article.pk else self._address("autosave_new")

    def _form_address(self, article: Article) -> str:
        return self._address("change", article.pk) if article.pk else self._address("add")

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, page: str, *args: int) -> str:
        return reverse(f"admin:{self._name(page)}", args=args)
