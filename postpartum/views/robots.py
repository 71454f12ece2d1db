"""What machines ask for first: robots.txt, the sitemap and the favicon."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.sitemaps import ArticleSitemap, PageSitemap, TopicSitemap
from common.public_pages import public_page
from programs.pages.catalogue import published_plan

# Personal pages only redirect to sign-in; there is nothing to index.
DISALLOWED = (
    "/admin/",
    "/today/",
    "/sessions/",
    "/check-in/",
    "/progress/",
    "/start/",
    "/my-data/",
    "/search/",
)


class FixedSitemap(Sitemap):
    """Pages that are not backed by rows."""

    def items(self) -> list[str]:
        """Return URL names."""
        return ["home", "breathe", "program", "exercises", "articles", "safety"]

    def location(self, name: str) -> str:
        """Return the path of the page."""
        return reverse(name)


class ExerciseSitemap(Sitemap):
    """Every published exercise."""

    def items(self) -> list[str]:
        """Return the sorted slugs."""
        plan = published_plan()
        return sorted(plan.exercises) if plan else []

    def location(self, slug: str) -> str:
        """Return the path of the exercise."""
        return reverse("exercise", args=[slug])


SITEMAPS = {
    "fixed": FixedSitemap,
    "pages": PageSitemap,
    "exercises": ExerciseSitemap,
    "articles": ArticleSitemap,
    "topics": TopicSitemap,
}


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: everything public is allowed, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect browsers that ask without reading the page."""
    return redirect(static("img/favicon.ico"))
