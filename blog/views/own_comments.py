"""Pages for the author of a comment, reached by a signed URL: status, edit, delete, unsubscribe."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import CommentTextForm
from blog.models import Article, Comment
from blog.services import TooLateToEditError, edit_own_comment, erase_comments
from blog.services.posting import may_edit
from blog.services.unsubscribing import unsubscribe
from blog.tokens import own_comment_id, unsubscribe_email
from blog.views.remembered_comments import carry_over, remember
from blog.views.spam import filter_says_spam
from common.danger_words import needs_help


@never_cache
@require_safe
def own(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show the status of the comment and what its author may do."""
    comment = _own_comment(token)
    can_edit = may_edit(comment, timezone.now())
    shows_help = needs_help(comment.name, comment.body)
    page = render(
        request, "blog/comment_own.html", _context(comment, token, can_edit=can_edit, shows_help=shows_help)
    )
    return page if slug == comment.article.slug else carry_over(request, page, comment.article)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Edit the comment; typed text survives every error."""
    comment = _own_comment(token)
    form = CommentTextForm(request.POST or None, initial={"body": comment.body})
    if request.method == "POST" and form.is_valid():
        try:
            body = form.cleaned_data["body"]
            is_spam = _filter_says_spam(request, comment, body)
            edit_own_comment(comment, body, timezone.now(), filter_says_spam=is_spam)
        except TooLateToEditError:
            form.add_error(None, _("You can no longer change this. You can delete it and write a new one."))
        else:
            return remember(request, comment)
    status = 422 if request.method == "POST" else 200
    context = _context(comment, token, form=form, shows_help=needs_help(request.POST.get("body", "")))
    return render(request, "blog/comment_change.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Delete the comment for good, after a confirmation."""
    if request.method != "POST":
        return render(request, "blog/comment_delete.html", _context(_own_comment(token), token))
    now, pk = timezone.now(), own_comment_id(token)
    if pk is None:
        raise Http404
    comments = Comment.objects.exclude(body="").filter(pk=pk).select_related("article")
    comment = comments.first()
    article = comment.article if comment else Article.objects.published(now).find(slug)
    if article is None:
        raise Http404
    erase_comments(comments, now)  # none where the button was pressed twice
    return render(request, "blog/comment_deleted.html", {"article": article})


@csrf_exempt  # mail clients send the one-click request without a CSRF token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribe the address of the token: one click on the page or in the mail client (RFC 8058)."""
    email = unsubscribe_email(token)
    if email is None:
        raise Http404
    if request.method != "POST":
        return render(request, "blog/quiet.html")
    unsubscribe(email, timezone.now())
    return render(request, "blog/quiet_done.html")


def _own_comment(token: str) -> Comment:
    """Return the comment of a valid token. Raises Http404 for an invalid token or an erased comment.

    Ignores the slug: it may have changed.
    """
    pk = own_comment_id(token)
    if pk is None:
        raise Http404
    comments = Comment.objects.exclude(body="").select_related("article", "author")
    return get_object_or_404(comments, pk=pk)


def _filter_says_spam(request: HttpRequest, comment: Comment, body: str) -> bool:
    """Ask the spam filter about a guest's edit, while editing is allowed."""
    if comment.author is not None or not may_edit(comment, timezone.now()):
        return False
    return filter_says_spam(request, comment.article, name=comment.name, website=comment.website, body=body)


def _context(comment: Comment, token: str, **more: Any) -> dict[str, Any]:
    return {"comment": comment, "article": comment.article, "token": token, **more}
