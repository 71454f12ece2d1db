"""The comment form, on a page of its own, so that articles need no form, cookie or CSRF token."""

from datetime import datetime

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import CommentForm
from blog.models import Article, Comment, ThreadPage
from blog.moderation import MAX_PER_ADDRESS, PER_SECONDS
from blog.services import CommentsClosedError, InvalidParentError, Sender, post_comment
from blog.services.policy import comments_open, current_policy, may_moderate
from blog.tokens import opened_stamp, seconds_open
from blog.views.remembered_comments import carry_over, own_comments, remember
from blog.views.spam import filter_says_spam, is_filtered
from common.danger_words import needs_help
from common.limits import Limit, ask_to_wait, network_of, slowed
from common.members import User

COMMENTS = Limit("comment", MAX_PER_ADDRESS, PER_SECONDS)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or save a comment and redirect to its page; ?parent= is the comment to reply to.

    A former slug leads to the present one; a comment sent there is saved, as its form was opened before.
    """
    now = timezone.now()
    article = Article.objects.find_to_comment(slug, now)
    if article is None:
        raise Http404
    if article.slug != slug and request.method != "POST":
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return carry_over(request, redirect(reverse("article_comment", args=[article.slug]) + query), article)
    user = request.user if request.user.is_authenticated else None
    is_moderator = may_moderate(user)
    parent = _parent(request, article, is_moderator)
    policy = current_policy()
    if not (comments_open(article, policy.close_after_days, now) or is_moderator):
        return _closed(request, article, parent)
    form = CommentForm(request.POST or None, user=user)
    status, wait = 200, 0
    if request.method == "POST":
        status = 422
        if form.is_valid():
            wait = COMMENTS.of(network_of(request)).hit(now)
            if not wait:
                return _send(request, article, parent, form, user, now)
            ask_to_wait(form, wait)
    context = {
        "article": article,
        "parent": parent,
        "form": form,
        "opened": request.POST.get("opened") or opened_stamp(now),
        "own_comments": own_comments(request, article) if request.method != "POST" else [],
        "mode": policy.mode,
        "is_filtered": is_filtered(request.user),
        "shows_help": needs_help(request.POST.get("body", ""), request.POST.get("name", "")),
    }
    page = render(request, "blog/comment_form.html", context, status=status)
    return slowed(page, wait) if wait else page


def _send(
    request: HttpRequest,
    article: Article,
    parent: Comment | None,
    form: CommentForm,
    user: User | None,
    now: datetime,
) -> HttpResponse:
    data = form.cleaned_data
    sender = Sender(
        name=data["name"],
        email=user.email if user else data["email"],
        website=data["website"],
        author=user,
        honeypot=data["subject"],
        seconds=seconds_open(request.POST.get("opened", ""), now),
        wants_answers=data["wants_answers"],
        filter_says_spam=filter_says_spam(
            request, article, name=data["name"], website=data["website"], body=data["body"]
        ),
    )
    try:
        comment, _is_new = post_comment(article, sender=sender, body=data["body"], parent=parent, now=now)
    except CommentsClosedError:
        return _closed(request, article, parent)
    except InvalidParentError:
        raise Http404 from None
    return remember(request, comment)


def _closed(request: HttpRequest, article: Article, parent: Comment | None) -> HttpResponse:
    """Tell the author that comments are closed, showing the submitted text so that it is not lost."""
    written = request.POST.get("body", "")
    context = {"article": article, "parent": parent, "written": written, "shows_help": needs_help(written)}
    return render(request, "blog/comments_closed.html", context, status=403)


@require_safe
def find(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Redirect a comment's permanent URL to its page of the thread.

    Looks the comment up by its id alone: the article's slug may have changed.
    """
    if pk > BigIntegerField.MAX_BIGINT:  # an address may hold any number, an array of ids may not
        raise Http404
    readable = Article.objects.published(timezone.now()).filter(comments=pk)
    pages = ThreadPage.objects.filter(article__in=readable).select_related("article")
    page = get_object_or_404(
        pages.only("number", "article__kind", "article__slug"), comment_ids__contains=[pk]
    )
    query = f"?comments={page.number}" if page.number > 1 else ""
    return redirect(f"{page.article.get_absolute_url()}{query}#comment-{pk}")


def _parent(request: HttpRequest, article: Article, is_moderator: bool) -> Comment | None:
    """Return the comment to reply to, or None. Raises Http404 if the user may not read it."""
    number = request.POST.get("parent") or request.GET.get("parent")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    comments = Comment.objects.filter(article=article)
    return get_object_or_404(comments if is_moderator else comments.approved(), pk=number)
