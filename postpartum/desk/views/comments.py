"""Moderate one comment, or answer it, from the triage page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.forms import CommentTextForm
from blog.models import Comment
from blog.moderation import Status
from blog.services import DECIDED, Sender, moderate_comments, post_comment, undo_moderation
from blog.services.digests import choose_comment_mails, comment_mails_of
from blog.services.posting import InvalidParentError
from common.members import MemberRequest
from postpartum.desk.forms_comments import CommentMailsForm
from postpartum.desk.navigation import desk_page, desk_render

DECISIONS = {Status.APPROVED, Status.SPAM, Status.TRASH}


@desk_page("blog.change_comment")
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve, mark as spam, trash, or undo the last of these. Idempotent, but for undoing.

    The inbox's script asks for JSON: {"row": the comment's row as it is now}.
    """
    status = request.POST.get("status")
    if status not in DECISIONS | {"undo"}:
        return HttpResponseBadRequest()
    comment = get_object_or_404(Comment.objects.select_related("article", "parent"), pk=pk)
    only = Comment.objects.filter(pk=comment.pk)
    if status == "undo":
        undo_moderation(only, timezone.now())
    else:
        moderate_comments(only, Status(status), timezone.now())
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        comment.refresh_from_db(fields=["status", "status_before"])
        row = render_to_string("admin/blog/comment/_row.html", {"comment": comment}, request)
        return JsonResponse({"row": row})
    return _back(request, comment, _("Done. You can undo it in the list of comments."))


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
    return _back(request, comment, _("Your answer stands under the article."))


@desk_page("blog.change_comment")
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: MemberRequest) -> HttpResponse:
    """Show and save how the user hears of comments by email."""
    form = CommentMailsForm(request.POST or None, instance=comment_mails_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_comment_mails(request.user, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("admin:blog_comment_changelist")
    context = {"form": form, "time_zone": request.user.time_zone}
    status = 422 if form.is_bound else 200
    return desk_render(request, "desk/comment_mails.html", context, _("Emails about comments"), status)


def _back(request: MemberRequest, comment: Comment, words: str) -> HttpResponse:
    """Lead back to the inbox, where Undo waits, or to the desk's first page."""
    if request.POST.get("back") != "inbox":
        messages.success(request, words)
        return redirect("admin:index")
    request.session[DECIDED] = comment.pk
    return redirect("admin:blog_comment_changelist")
