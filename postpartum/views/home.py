"""The front page, for members-to-be and readers. Public, so no cookie and no session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from blog.models import Article
from blog.querysets import LONG
from common.front_page import templates_of
from common.practice import practice_details
from common.prepared import Parameter, PreparedQuery
from common.public_pages import public_page
from programs.pages.catalogue import minutes_of, published_plan

LATEST_ARTICLES = 3
_LATEST = PreparedQuery(
    lambda: (
        Article.objects.published(Parameter("now"))
        .with_byline()
        .newest_first()
        .defer(*LONG)[:LATEST_ARTICLES]
    )
)


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the page with the phases of the program and the newest articles, in two queries."""
    plan = published_plan()
    context = {
        "parts": templates_of(practice_details()["front_parts"]),
        "articles": SimpleLazyObject(lambda: _LATEST(now=timezone.now())),  # not every front page shows them
        "plan": plan,
        "minutes": minutes_of(plan) if plan else {},
    }
    return render(request, "home.html", context)
