"""Bringing a WordPress blog in, watching it come, reading what became of everything; and taking the blog along."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
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

Outcome = ImportLine.Outcome
LINES_A_PAGE = 100
RUNS_SHOWN = 50


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """Imports from WordPress, newest first; none is ever changed, only begun, read and forgotten."""

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

    def changelist_view(self, request, extra_context=None):
        """The newest imports, and the way out."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        runs = ImportRun.objects.select_related("started_by")[:RUNS_SHOWN]
        for run in runs:
            run.standing = _standing(run)
        context = {"runs": runs, "title": _("Moving in and out")}
        return self._page(request, "admin/blog/importrun/list.html", context)

    def add_view(self, request, form_url="", extra_context=None):
        """Choose the file and decide; then look first, or import at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            run = form.waiting_run(request.user, dry_run="import" not in request.POST)
            return redirect("admin:blog_importrun_change", run.pk)
        context = {"form": form, "title": _("Bring in a WordPress blog")}
        return self._page(request, "admin/blog/importrun/add.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is; once it is over, what became of everything."""
        run = self._run(request, object_id)
        context = {"run": run, "title": _title(run), "stage": _stage(run)}
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

    def get_deleted_objects(self, runs, request):
        """Only the reports themselves are named, not their many thousand lines."""
        return [str(run) for run in runs], {self.opts.verbose_name_plural: len(runs)}, set(), []

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
        if not str(pk).isdecimal():
            raise Http404
        return get_object_or_404(ImportRun, pk=pk)

    def _page(self, request, template, context):
        more = {"can_begin": self.has_add_permission(request), "opts": self.opts}
        return TemplateResponse(request, template, self.admin_site.each_context(request) | more | context)


def _title(run):
    words = _("A look at “%(file)s”") if run.dry_run else _("Import of “%(file)s”")
    return words % {"file": run.file_name}


def _standing(run):
    status = run.get_status_display()
    return _("%(status)s (only a look)") % {"status": status} if run.dry_run else status


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
    counted = totals(run)
    seen = [outcome for outcome in Outcome if any(outcome in counts for counts in counted.values())]
    return {
        "outcomes": [outcome.label for outcome in seen],
        "totals": [
            (kind, ImportLine.Kind(kind).label, [(outcome.value, counts.get(outcome, 0)) for outcome in seen])
            for kind, counts in counted.items()
        ],
        "remarks": [
            (
                kind,
                ImportLine.Kind(kind).label,
                outcome,
                Outcome(outcome).label,
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
