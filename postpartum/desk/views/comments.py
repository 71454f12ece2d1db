"""Moderate one comment, or answer it, from the triage page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.forms import CommentTextForm
from blog.models import Comment
from blog.moderation import Status
from blog.services import Sender, moderate_comments, post_comment
from blog.services.posting import InvalidParentError
from common.members import MemberRequest
from postpartum.desk.navigation import desk_page, desk_render

DECISIONS = {Status.APPROVED, Status.SPAM, Status.TRASH}


@desk_page("blog.change_comment")
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve, mark as spam or trash. Idempotent."""
    status = request.POST.get("status")
    if status not in DECISIONS:
        return HttpResponseBadRequest()
    comment = get_object_or_404(Comment, pk=pk)
    moderate_comments(Comment.objects.filter(pk=comment.pk), Status(status), timezone.now())
    messages.success(request, _("Done. You can undo it in the list of comments."))
    return redirect("admin:index")


@desk_page("blog.change_comment", "blog.add_comment")
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer under the therapist's name, which approves a pending comment; an invalid form is shown again."""
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=pk)
    form = CommentTextForm(request.POST)
    if not form.is_valid():
        context = {"comment": comment, "form": form}
        return desk_render(request, "desk/answer.html", context, _("Your answer"), 422)
    user = request.user
    sender = Sender(name=user.pen_name or user.name or _("Therapist"), email=user.email, author=user)
    body = form.cleaned_data["body"]
    try:
        post_comment(comment.article, sender=sender, body=body, parent=comment, now=timezone.now())
    except InvalidParentError:
        messages.error(request, _("This comment was put away. Approve it first."))
        return redirect("admin:blog_comment_change", pk)
    messages.success(request, _("Your answer stands under the article."))
    return redirect("admin:index")
