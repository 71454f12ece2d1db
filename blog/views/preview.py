"""Preview of an article by a signed link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.models import Article
from blog.tokens import read_preview_token


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the saved article, published or not; an expired link answers 410."""
    found = read_preview_token(token, timezone.now())
    if found is None:
        return render(request, "blog/preview_expired.html", status=410)
    article_id, until = found
    article = get_object_or_404(Article.objects.with_byline(), pk=article_id)
    return render(request, "blog/preview.html", {"article": article, "until": until})
