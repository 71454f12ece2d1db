"""What machines ask for first: what they may read, where it is, and the small picture of the tab."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.sitemaps import ArticleSitemap, TopicSitemap
from programs.pages.catalogue import published_plan

# Her own pages answer strangers with the door; there is nothing in them to find.
CLOSED = ("/admin/", "/today/", "/sessions/", "/check-in/", "/progress/", "/start/", "/my-data/", "/search/")


class PageSitemap(Sitemap):
    """Pages that are no rows."""

    def items(self):
        """Names of addresses."""
        return ["home", "program", "exercises", "articles", "safety"]

    def location(self, name):
        """Where the page is."""
        return reverse(name)


class ExerciseSitemap(Sitemap):
    """Every published exercise."""

    def items(self):
        """Slugs in the order of the alphabet."""
        plan = published_plan()
        return sorted(plan.exercises) if plan else []

    def location(self, slug):
        """Where the exercise is."""
        return reverse("exercise", args=[slug])


SITEMAPS = {
    "pages": PageSitemap,
    "exercises": ExerciseSitemap,
    "articles": ArticleSitemap,
    "topics": TopicSitemap,
}


@require_safe
def robots(request):
    """Everything public may be read; the sitemap says where it is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request):
    """Browsers that ask without reading the page are sent to the picture."""
    return redirect(static("img/favicon.ico"))
