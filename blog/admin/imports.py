"""Admin of imports and of the export."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from blog.exporters.wordpress import wordpress_export
from blog.importers.wordpress.reporting.messages import refusal_in_words
from blog.models import ImportRun
from common.desk_admin import DeskAdmin
from common.members import signed_in_user

from .import_downloads import download, lines_as_csv
from .import_form import ImportForm
from .import_report import report_of, stage_of, standing_of, title_of

RUNS_SHOWN = 50


@admin.register(ImportRun)
class ImportRunAdmin(DeskAdmin):
    """Imports, newest first; runs can be started, read and deleted, never edited."""

    add_words = _("Bring in a blog")

    def get_urls(self) -> list[URLPattern]:
        """Add progress, start, cancel, lines as CSV, and the export."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", view(self.progress_view), name="blog_importrun_progress"),
            path("<int:pk>/begin/", view(self.begin_view), name="blog_importrun_begin"),
            path("<int:pk>/cancel/", view(self.cancel_view), name="blog_importrun_cancel"),
            path("<int:pk>/lines.csv", view(self.lines_view), name="blog_importrun_lines"),
            path("export/", view(self.export_view), name="blog_importrun_export"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        """Deny it: a run is a record of what happened."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the newest runs."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        runs = ImportRun.objects.select_related("started_by")[:RUNS_SHOWN]
        context = {"runs": [(run, standing_of(run)) for run in runs], "title": _("Moving in and out")}
        return self._page(request, "admin/blog/importrun/list.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Upload a file and start a dry run or the import."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            run = form.waiting_run(signed_in_user(request), dry_run="import" not in request.POST)
            return redirect("admin:blog_importrun_change", run.pk)
        context = {"form": form, "title": _("Bring in a blog")}
        return self._page(request, "admin/blog/importrun/add.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the progress of a run, or its report once it is over."""
        run = self._run(request, object_id)
        context = {"run": run, "title": title_of(run), "stage": stage_of(run)}
        if run.status == ImportRun.Status.REFUSED:
            context["refusal"] = refusal_in_words(run.refusal)
        if run.is_over:
            context |= report_of(run, request.GET)
        return self._page(request, "admin/blog/importrun/report.html", context)

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the progress as JSON, for polling."""
        run = self._run(request, pk)
        return JsonResponse({"over": run.is_over, "percent": run.percent, "stage": str(stage_of(run))})

    @method_decorator(require_POST)
    def begin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue the import after a dry run, or again after it stopped."""
        run = self._run(request, pk)
        if not (self.has_add_permission(request) and run.is_over and run.file):
            raise PermissionDenied
        run.dry_run = run.dry_run and "look" in request.POST
        run.created_at = timezone.now()
        run.save(update_fields=["dry_run", "created_at"])
        run.note(ImportRun.Status.WAITING, starts=0, percent=0, stage="")
        return redirect("admin:blog_importrun_change", run.pk)

    @method_decorator(require_POST)
    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel a waiting or running import; the worker notices within a second or two, and it can be resumed."""
        run = self._run(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        unfinished = ImportRun.objects.filter(pk=pk, status__in=ImportRun.UNFINISHED)
        unfinished.update(status=ImportRun.Status.STOPPED, finished_at=timezone.now())
        return redirect("admin:blog_importrun_change", run.pk)

    def lines_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Download every line as CSV."""
        run = self._run(request, pk)
        return download(lines_as_csv(run), "text/csv", f"import-{run.pk}.csv")

    @method_decorator(require_POST)
    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """Download all articles and comments as a WordPress export file."""
        if not request.user.has_perms(["blog.view_article", "blog.view_comment", "blog.add_importrun"]):
            raise PermissionDenied
        pieces = wordpress_export(timezone.now(), keep_emails=request.POST.get("emails") == "keep")
        return download(pieces, "text/xml", f"articles-{timezone.localdate():%Y-%m-%d}.xml")

    def get_deleted_objects(
        self, runs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """List only the runs, not their thousands of lines."""
        return [str(run) for run in runs], {str(self.opts.verbose_name_plural): len(runs)}, set(), []

    def delete_model(self, request: HttpRequest, run: ImportRun) -> None:
        """Delete the run and its files."""
        run.forget_files()
        super().delete_model(request, run)

    def delete_queryset(self, request: HttpRequest, runs: Any) -> None:
        """Delete the runs and their files."""
        for run in runs:
            self.delete_model(request, run)

    def _run(self, request: HttpRequest, pk: int | str) -> ImportRun:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(pk).isdecimal():
            raise Http404
        return get_object_or_404(ImportRun, pk=pk)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        more = {"can_begin": self.has_add_permission(request), "opts": self.opts}
        return TemplateResponse(request, template, self.admin_site.each_context(request) | more | context)
