"""Saying something: a page of its own, so that the article itself needs no form, no cookie and no token."""

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.forms import CommentForm
from blog.models import Article, Comment, ThreadPage
from blog.moderation import MOST_PER_ADDRESS, PER_SECONDS
from blog.services.comments import (
    CommentsClosedError,
    NotAnsweredHereError,
    Sender,
    comments_open,
    current_policy,
    post_comment,
)

OPENED_SALT, SENT_SALT = "blog.comment.opened", "blog.comment.sent"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    """The form, also as an answer to ?parent=; a sent comment leads to its own page."""
    now = timezone.now()
    article = get_object_or_404(Article.objects.published(now), slug=slug)
    if not comments_open(article, current_policy().close_after_days, now):
        return render(request, "blog/comments_closed.html", _closed(request, article), status=403)
    parent = _parent(request, article)
    user = request.user if request.user.is_authenticated else None
    form = CommentForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _too_many(request):
            form.add_error(None, _("That was a lot at once. Please wait ten minutes, then send it again."))
            status = 429
        if form.is_valid():
            return _send(request, article, parent, form, user, now)
        status = 422 if status == 200 else status
    opened = request.POST.get("opened") or signing.dumps(now.timestamp(), salt=OPENED_SALT)
    context = {"article": article, "parent": parent, "form": form, "opened": opened}
    return render(request, "blog/comment_form.html", context, status=status)


def _send(request, article, parent, form, user, now):
    words = form.cleaned_data
    sender = Sender(
        name=words["name"],
        email=user.email if user else words["email"],
        website=words["website"],
        author=user,
        honeypot=words["subject"],
        seconds=_seconds_open(request.POST.get("opened", ""), now),
    )
    try:
        comment, _verdict = post_comment(article, sender=sender, body=words["body"], parent=parent, now=now)
    except CommentsClosedError:
        return render(request, "blog/comments_closed.html", _closed(request, article), status=403)
    except NotAnsweredHereError:
        raise Http404 from None
    return redirect("comment_sent", slug=article.slug, token=signing.dumps(comment.pk, salt=SENT_SALT))


@never_cache
@require_safe
def sent(request, slug, token):
    """Her own comment, seen by whoever holds its signed address: waiting, or already there for all."""
    try:
        pk = signing.loads(token, salt=SENT_SALT)
    except signing.BadSignature:
        raise Http404 from None
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=pk, article__slug=slug)
    return render(request, "blog/comment_sent.html", {"comment": comment, "article": comment.article})


@require_safe
def find(request, slug, pk):
    """The lasting address of a comment: leads to the page of the thread on which it stands."""
    pages = ThreadPage.objects.filter(
        article__in=Article.objects.published(timezone.now()), article__slug=slug
    )
    page = get_object_or_404(pages.only("number"), comment_ids__contains=[pk])
    query = f"?comments={page.number}" if page.number > 1 else ""
    return redirect(f"{reverse('article', args=[slug])}{query}#comment-{pk}")


def _parent(request, article):
    """The comment to answer, or None; one that cannot be read here is not found, for the therapist too."""
    number = request.POST.get("parent") or request.GET.get("parent")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    comments = Comment.objects.filter(article=article)
    if not (request.user.is_authenticated and request.user.is_staff):
        comments = comments.approved()
    return get_object_or_404(comments, pk=number)


def _seconds_open(opened, now):
    """How long the form was open, None if the stamp is not ours."""
    try:
        return now.timestamp() - signing.loads(opened, salt=OPENED_SALT)
    except signing.BadSignature:
        return None


def _too_many(request):
    """Count this comment against its sender's address; the address itself is kept nowhere."""
    address = get_adapter().get_client_ip(request)
    key = "blog.comments." + salted_hmac("blog.comments", address).hexdigest()
    cache.add(key, 0, PER_SECONDS)
    return cache.incr(key) > MOST_PER_ADDRESS


def _closed(request, article):
    """What she had written by the time it closed is shown to her, so that she can keep it."""
    return {"article": article, "written": request.POST.get("body", "")}
