"""Public pages of the site, such as /about/: no cookies, no session, one query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from blog.models import Page
from common.public_pages import public_page


@public_page()
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published page."""
    published = Page.objects.published_pages(timezone.now()).defer("body", "words", "search")
    found = get_object_or_404(published, slug=slug)
    response = render(request, "blog/page.html", {"page": found})
    response["Last-Modified"] = http_date(found.changed_at.timestamp())
    return response
