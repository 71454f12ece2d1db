"""Moderation by signed links in emails. GET shows the comment; only POST decides."""

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.forms import CommentTextForm
from blog.models import Comment
from blog.moderation import Status
from blog.services import moderate_comments, post_comment, staff_sender
from blog.services.policy import may_moderate
from blog.tokens import is_unused, read_desk_token
from common.members import User

DECISIONS = {"approve": Status.APPROVED, "spam": Status.SPAM, "trash": Status.TRASH}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show a comment with a button for each decision, or apply one; a used or expired link answers 410."""
    ids = read_desk_token(token)
    if ids is None:
        return render(request, "blog/desk_used.html", status=410)
    comment_id, user_id, state = ids
    user = get_object_or_404(get_user_model(), pk=user_id, is_active=True)
    if not may_moderate(user):
        raise Http404
    comment = get_object_or_404(Comment.objects.select_related("article", "parent"), pk=comment_id)
    if not is_unused(state, comment):
        if request.method == "POST" and DECISIONS.get(request.POST.get("do", "")) == comment.status:
            return render(
                request, "blog/desk_done.html", {"comment": comment}
            )  # the button was pressed twice
        return render(request, "blog/desk_used.html", {"comment": comment}, status=410)
    form = CommentTextForm(request.POST if request.POST.get("do") == "reply" else None)
    form.fields["body"].label = _("Your answer")
    if request.method == "POST" and _apply_decision(request.POST.get("do"), comment, user, form):
        comment.refresh_from_db()
        return render(request, "blog/desk_done.html", {"comment": comment})
    context = {
        "comment": comment,
        "article": comment.article,
        "form": form,
        "asked": request.GET.get("do", ""),
    }
    return render(request, "blog/desk.html", context, status=422 if request.method == "POST" else 200)


def _apply_decision(what: str | None, comment: Comment, user: User, form: CommentTextForm) -> bool:
    """Apply the decision; return False if the reply is invalid. Raises Http404 for an unknown decision."""
    now = timezone.now()
    if what in DECISIONS:
        moderate_comments(Comment.objects.filter(pk=comment.pk), DECISIONS[what], now)
        return True
    if what != "reply":
        raise Http404
    if not form.is_valid():
        return False
    body = form.cleaned_data["body"]
    post_comment(comment.article, sender=staff_sender(user), body=body, parent=comment, now=now)
    return True
