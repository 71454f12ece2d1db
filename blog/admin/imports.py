"""Bringing a WordPress blog in, watching it come, reading what became of everything; and taking the blog along."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from blog.exporters.wordpress import wordpress_export
from blog.importers.wordpress.report import remarks, totals
from blog.importers.wordpress.words import REASONS, STAGES, reasons_in_words, refusal_in_words
from blog.models import ImportLine, ImportRun

from .import_downloads import download, lines_as_csv
from .import_form import ImportForm

LINES_A_PAGE = 100


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """Imports from WordPress, newest first; none is ever changed, only begun, read and forgotten."""

    list_display = ["file_name", "standing", "site", "created_at", "finished_at", "started_by"]
    list_display_links = ["file_name"]
    list_select_related = ["started_by"]
    change_list_template = "admin/blog/importrun/change_list.html"

    def get_urls(self):
        """Also: how far it is, beginning it, its lines as a table, and the way out."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", view(self.progress_view), name="blog_importrun_progress"),
            path("<int:pk>/begin/", view(self.begin_view), name="blog_importrun_begin"),
            path("<int:pk>/lines.csv", view(self.lines_view), name="blog_importrun_lines"),
            path("export/", view(self.export_view), name="blog_importrun_export"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request, obj=None):
        """What was done is not changed."""
        return False

    @admin.display(description=_("status"))
    def standing(self, run):
        """Whether it was only a look, and how far it is."""
        status = run.get_status_display()
        return _("%(status)s (only a look)") % {"status": status} if run.dry_run else status

    def add_view(self, request, form_url="", extra_context=None):
        """Choose the file and decide; then look first, or import at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            run = form.waiting_run(request.user, dry_run="import" not in request.POST)
            return redirect("admin:blog_importrun_change", run.pk)
        context = {"form": form, "title": _("Bring in a WordPress blog"), "opts": self.opts}
        return self._page(request, "admin/blog/importrun/add.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is; once it is over, what became of everything."""
        run = self._run(request, object_id)
        context = {"run": run, "title": run.file_name, "opts": self.opts, "stage": _stage(run)}
        if run.status == ImportRun.Status.REFUSED:
            context["refusal"] = refusal_in_words(run.refusal, run.refusal_detail)
        if run.is_over:
            context |= _report(run, request.GET)
        return self._page(request, "admin/blog/importrun/report.html", context)

    def progress_view(self, request, pk):
        """How far it is, for the page that shows it."""
        run = self._run(request, pk)
        return JsonResponse({"over": run.is_over, "percent": run.percent, "stage": str(_stage(run))})

    @method_decorator(require_POST)
    def begin_view(self, request, pk):
        """Import in earnest what was only looked at, or begin anew what stopped."""
        run = self._run(request, pk)
        if not (self.has_add_permission(request) and run.is_over and run.file):
            raise PermissionDenied
        run.dry_run = run.dry_run and "look" in request.POST
        run.created_at = timezone.now()
        run.save(update_fields=["dry_run", "created_at"])
        run.note(ImportRun.Status.WAITING, starts=0, percent=0, stage="")
        return redirect("admin:blog_importrun_change", run.pk)

    def lines_view(self, request, pk):
        """Every line as a table for a spreadsheet."""
        run = self._run(request, pk)
        return download(lines_as_csv(run), "text/csv", f"import-{run.pk}.csv")

    @method_decorator(require_POST)
    def export_view(self, request):
        """All articles and comments as a WordPress file."""
        if not request.user.has_perms(["blog.view_article", "blog.view_comment", "blog.add_importrun"]):
            raise PermissionDenied
        pieces = wordpress_export(timezone.now(), keep_emails=request.POST.get("emails") == "keep")
        return download(pieces, "text/xml", f"articles-{timezone.localdate():%Y-%m-%d}.xml")

    def delete_model(self, request, run):
        """With its files."""
        run.forget_files()
        super().delete_model(request, run)

    def delete_queryset(self, request, runs):
        """With their files."""
        for run in runs:
            self.delete_model(request, run)

    def _run(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(ImportRun, pk=pk)

    def _page(self, request, template, context):
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)


def _stage(run):
    if run.status == ImportRun.Status.RUNNING:
        return STAGES.get(run.stage, "")
    return run.get_status_display()


def _report(run, asked):
    """What the page of an import that is over shows; ?kind= ?outcome= ?reason= choose lines."""
    lines = run.lines.select_related("article").order_by("number", "pk")
    chosen = {name: asked[name] for name in ("kind", "outcome", "reason") if asked.get(name)}
    for name, value in chosen.items():
        lines = lines.filter(reasons__contains=[value]) if name == "reason" else lines.filter(**{name: value})
    page = Paginator(lines, LINES_A_PAGE).get_page(asked.get("page"))
    for line in page:
        line.words = reasons_in_words(line.reasons)
    outcomes = ImportLine.Outcome
    return {
        "outcomes": [outcome.label for outcome in outcomes],
        "totals": [
            (kind, ImportLine.Kind(kind).label, [(name, counts.get(name, 0)) for name in outcomes.values])
            for kind, counts in totals(run).items()
        ],
        "remarks": [
            (
                kind,
                ImportLine.Kind(kind).label,
                outcome,
                outcomes(outcome).label,
                reason,
                _words(reason),
                count,
            )
            for kind, outcome, reason, count in remarks(run)
        ],
        "lines": page if chosen else None,
        "chosen": chosen,
    }


def _words(reason):
    return REASONS.get(reason, reason)
