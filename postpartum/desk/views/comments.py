"""Moderate one comment, answer it, trust its writer: from the triage page and the inbox."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.forms import CommentTextForm
from blog.models import Comment, ReadyPhrase
from blog.moderation import Status
from blog.services import (
    DECIDED,
    OPEN,
    moderate_comments,
    open_conversation,
    post_comment,
    staff_sender,
    stop_trusting_writer,
    trust_writer,
    undo_moderation,
)
from blog.services.digests import choose_comment_mails, comment_mails_of
from blog.services.posting import InvalidParentError
from common.lookups import row_or_404
from common.members import MemberRequest
from postpartum.desk.forms_comments import CommentMailsForm
from postpartum.desk.navigation import desk_page, desk_render

DECISIONS = {Status.APPROVED, Status.SPAM, Status.TRASH}


@desk_page("blog.change_comment")
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve, mark as spam, trash, or undo the last of these. Idempotent, but for undoing.

    `was` is its status on the page with the button: where another decision came in between, nothing is done, and she is
    told. The inbox's script asks for JSON: {"row", "talk"}, the comment's row and its conversation as they are now.
    """
    status = request.POST.get("status")
    if status not in DECISIONS | {"undo"}:
        return HttpResponseBadRequest()
    comment = get_object_or_404(Comment.objects.select_related("article", "parent"), pk=pk)
    only, was = Comment.objects.filter(pk=comment.pk), request.POST.get("was")
    if status == "undo":
        undo_moderation(only, timezone.now())
    else:
        as_seen = only.filter(status__in=(was, status)) if was in set(Status) else only
        moderate_comments(as_seen, Status(status), timezone.now())
        comment.refresh_from_db(fields=["status"])
        if comment.status != status:
            return _decided_meanwhile(request, comment)
    return _as_json(request, comment) or _back(
        request, comment, _("Done. You can undo it in the list of comments.")
    )


@desk_page("blog.change_comment")
@require_POST
def trust(request: MemberRequest, pk: int) -> HttpResponse:
    """Trust the writer of a comment from now on, or no longer ("do": "stop"). Idempotent."""
    comment = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    if request.POST.get("do") == "stop":
        stop_trusting_writer(comment)
        words = _("What %(name)s writes waits for you again, as your rules say.")
    else:
        trust_writer(comment, timezone.now())
        words = _("What %(name)s writes is public at once from now on.")
    answer = _as_json(request, comment)
    if answer is None:
        messages.success(request, words % {"name": comment.name})
        return redirect(_inbox(request, comment))
    return answer


@desk_page("blog.change_comment", "blog.add_comment")
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer under the therapist's name, which approves a pending comment; an invalid form is shown again."""
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=pk)
    if "phrase" in request.POST:
        return _with_phrase(request, comment)
    form = CommentTextForm(request.POST)
    if not form.is_valid():
        return _ask_for_answer(request, comment, form, 422)
    sender = staff_sender(request.user)
    body = form.cleaned_data["body"]
    try:
        post_comment(comment.article, sender=sender, body=body, parent=comment, now=timezone.now())
    except InvalidParentError:
        words = _(
            "This comment is in spam or in the trash. Approve it in another tab, then send your answer again."
        )
        form.add_error("body", words)
        return _ask_for_answer(request, comment, form, 422)
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


def _decided_meanwhile(request: MemberRequest, comment: Comment) -> HttpResponse:
    """Show the comment with the decision that somebody made since the page was opened, to decide again."""
    told = _(
        "Nothing is done yet. Since you opened that page, this comment was decided about. It is now: %(now)s."
    )
    words = told % {"now": comment.get_status_display()}
    answer = _as_json(request, comment, words)
    if answer is None:
        messages.error(request, words)
        return redirect("admin:blog_comment_change", comment.pk)
    return answer


def _with_phrase(request: MemberRequest, comment: Comment) -> HttpResponse:
    """Show the answer with a ready phrase after what is typed: the way without the inbox's script."""
    phrase = row_or_404(ReadyPhrase, request.POST["phrase"])
    typed = request.POST.get("body", "").rstrip()
    form = CommentTextForm(initial={"body": f"{typed}\n\n{phrase.text}".lstrip()})
    return _ask_for_answer(request, comment, form, 200)


def _ask_for_answer(
    request: MemberRequest, comment: Comment, form: CommentTextForm, status: int
) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "phrases": ReadyPhrase.objects.all(),
        "back": request.POST.get("back", ""),
        "filters": request.POST.get("filters", ""),
    }
    return desk_render(request, "desk/answer.html", context, _("Your answer"), status)


def _as_json(request: MemberRequest, comment: Comment, told: str = "") -> JsonResponse | None:
    """Return the comment's row and conversation for the inbox's script; None for a browser's own request.

    The conversation says what she must be `told` before she decides again.
    """
    if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
        return None
    talk = open_conversation(comment.pk)
    filters = request.POST.get("filters", "")
    context = {"talk": talk, "comment": talk and talk.comment, "filters": filters, "open_by": OPEN}
    context["told"] = told
    return JsonResponse(
        {
            "row": render_to_string("admin/blog/comment/_letter.html", context, request),
            "talk": render_to_string("admin/blog/comment/_talk.html", context, request),
        }
    )


def _inbox(request: MemberRequest, opened: Comment | None = None) -> str:
    """Return the address of the inbox, with the filters that the form was sent from, and a comment to open there."""
    query = QueryDict(request.POST.get("filters", ""), mutable=True)
    if opened:
        query[OPEN] = str(opened.pk)
    address = reverse("admin:blog_comment_changelist")
    return f"{address}?{query.urlencode()}" if query else address


def _back(request: MemberRequest, comment: Comment, words: str) -> HttpResponse:
    """Lead back to the inbox, where Undo waits, or to the desk's first page."""
    if request.POST.get("back") != "inbox":
        messages.success(request, words)
        return redirect("admin:index")
    request.session[DECIDED] = comment.pk
    return redirect(_inbox(request))
