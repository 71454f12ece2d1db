"""Deciding about one comment from the first page."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.models import Comment
from blog.moderation import Status
from blog.services import moderate_comments
from postpartum.desk.pages import desk_page

DECISIONS = {Status.APPROVED, Status.SPAM, Status.TRASH}


@desk_page("blog.change_comment")
@require_POST
def decide(request, pk):
    """Approve, spam or trash; sent twice it is once."""
    status = request.POST.get("status")
    if status not in DECISIONS:
        return HttpResponseBadRequest()
    comment = get_object_or_404(Comment, pk=pk)
    moderate_comments(Comment.objects.filter(pk=comment.pk), Status(status), timezone.now())
    messages.success(request, _("Done. You can undo it in the list of comments."))
    return redirect("admin:index")
