"""The front page, for members-to-be and readers. Public, so no cookie and no session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import Article

LATEST_ARTICLES = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the page with the newest articles, in one query."""
    articles = (
        Article.objects.published(timezone.now()).with_byline().newest_first().defer("body", "rendered")
    )
    return render(request, "home.html", {"articles": articles[:LATEST_ARTICLES]})
