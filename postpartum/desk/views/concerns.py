"""A concern on no member's record: a reader's comment that mentions an emergency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import Comment, Report
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms import SettleForm
from postpartum.desk.navigation import desk_page, desk_render
from programs.models import Concern
from programs.pages.triage import concern_line
from programs.services.concern import settle_concern


def _settled_by(row: Concern) -> str:
    told = _("%(who)s settled this on %(when)s: “%(note)s”. Your note below is not stored.")
    when = date_format(timezone.localtime(row.resolved_at), "DATETIME_FORMAT")
    return told % {"who": row.resolved_by or _("Somebody"), "when": when, "note": row.note}


@desk_page(roles.SEE_MEMBERS, roles.SEE_COMMENTS, roles.SETTLE)
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the comment, why it is here, and the note that settles it. Idempotent."""
    row = get_object_or_404(Concern.objects.select_related("resolved_by").filter(participant=None), pk=pk)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        if settle_concern(row, request.user, form.cleaned_data["note"], timezone.now()):
            messages.success(request, _("Settled, with your note."))
            return redirect("admin:index")
        row.refresh_from_db()
        form.add_error("note", _settled_by(row))
    line = concern_line(row)
    comment = Comment.objects.select_related("article").filter(pk=row.comment_number or 0).first()
    report = Report.objects.filter(pk=row.report_number or 0).first()
    context = {"line": line, "comment": comment, "report": report, "form": form}
    return desk_render(request, "desk/concern.html", context, line.title, 422 if form.errors else 200)
