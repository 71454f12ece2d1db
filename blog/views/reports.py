"""Lets readers report a comment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.forms import ReportForm
from blog.models import Comment, Report
from blog.moderation import MAX_PER_ADDRESS, PER_SECONDS
from blog.querysets import readable_at
from blog.services import report_comment
from common.danger_words import needs_help
from common.limits import Limit, ask_to_wait, network_of, slowed

REPORTS = Limit("report", MAX_PER_ADDRESS, PER_SECONDS)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the form, or save a report of a public comment.

    Looks the comment up by its id alone: the article's slug may have changed.
    """
    now = timezone.now()
    comments = Comment.objects.approved().filter(readable_at(now, "article__")).select_related("article")
    comment = get_object_or_404(comments, pk=pk)
    article = comment.article
    form = ReportForm(request.POST or None)
    status, wait = 200, 0
    if request.method == "POST":
        status = 422
        if form.is_valid():
            wait = REPORTS.of(network_of(request)).hit(now)
            if not wait:
                return _done(request, report_comment(comment, **form.cleaned_data, now=now))
            ask_to_wait(form, wait)
    shows_help = needs_help(request.POST.get("note", ""))
    context = {"article": article, "comment": comment, "form": form, "shows_help": shows_help}
    page = render(request, "blog/report.html", context, status=status)
    return slowed(page, wait) if wait else page


def _done(request: HttpRequest, report: Report) -> HttpResponse:
    """Thank the reader, or lead to emergency help where the note matches a red flag."""
    if report.red_flags:
        return redirect(f"{reverse('safety')}?said=report")
    context = {"article": report.comment.article, "shows_help": needs_help(report.note)}
    return render(request, "blog/report_done.html", context)
