"""Pointing at a comment that should not be there."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.forms import ReportForm
from blog.models import Article, Comment
from blog.services import report_comment
from blog.views.limits import is_one_too_many


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug, pk):
    """Say what is wrong with a comment that can be read here."""
    now = timezone.now()
    article = get_object_or_404(Article.objects.published(now), slug=slug)
    comment = get_object_or_404(Comment.objects.approved().select_related("article"), pk=pk, article=article)
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and is_one_too_many(request, "report"):
            form.add_error(None, _("That was a lot at once. Please wait ten minutes, then send it again."))
            status = 429
        elif form.is_valid():
            report_comment(comment, **form.cleaned_data, now=now)
            return render(request, "blog/report_done.html", {"article": article, "comment": comment})
    context = {"article": article, "comment": comment, "form": form}
    return render(request, "blog/report.html", context, status=status)
