"""Remembers a guest's comments in a cookie whose path is limited to the article's comment form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from blog.models import Article, Comment
from blog.tokens import own_comment_id, own_token

COOKIE = "said"
MAX_REMEMBERED, REMEMBERED_DAYS = 20, 90


def remember(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Redirect the author to the comment's page, or to emergency help on a red flag, and set the cookie."""
    token = own_token(comment.pk)
    address = reverse("comment_own", args=[comment.article.slug, token])
    if comment.red_flags:
        address = f"{reverse('safety')}?said=1"
    tokens = [token, *(known for known in _tokens(request) if known != token)][:MAX_REMEMBERED]
    return _with_cookie(redirect(address), comment.article, tokens)


def carry_over(request: HttpRequest, response: HttpResponse, article: Article) -> HttpResponse:
    """Set the cookie of a former address of the article for its present one, too."""
    tokens = _tokens(request)
    return _with_cookie(response, article, tokens) if tokens else response


def own_comments(request: HttpRequest, article: Article) -> list[tuple[Comment, str]]:
    """Return the comments in moderation by this browser or the signed-in user, each with its token."""
    ids = [pk for token in _tokens(request) if (pk := own_comment_id(token)) is not None]
    own = Comment.objects.filter(pk__in=ids)
    if request.user.is_authenticated:
        own |= Comment.objects.filter(author=request.user)
    waiting = own.filter(article=article).in_moderation().oldest_first()
    return [(comment, own_token(comment.pk)) for comment in waiting]


def _with_cookie(response: HttpResponse, article: Article, tokens: list[str]) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        "~".join(tokens),
        max_age=REMEMBERED_DAYS * 24 * 60 * 60,
        path=reverse("article_comment", args=[article.slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _tokens(request: HttpRequest) -> list[str]:
    return [token for token in request.COOKIES.get(COOKIE, "").split("~") if token][:MAX_REMEMBERED]
