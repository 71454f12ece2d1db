"""Whether the articles that go with the weeks of a program can be read."""

from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Article
from programs.plan import Plan, Remark


def unpublished_articles(plan: Plan) -> list[Remark]:
    """Return a remark for each week whose article is not published at its address any more (one query, or none)."""
    slugs = {week.article_slug for week in plan.weeks if week.article_slug}
    if not slugs:
        return []
    found = Article.objects.published(timezone.now()).filter(slug__in=slugs)
    lost = slugs.difference(found.values_list("slug", flat=True))
    reason = _("“%(title)s” cannot be read there; choose it again, or another one")
    return [
        Remark(("weeks", week.number, "article_slug"), reason % {"title": week.article_title})
        for week in plan.weeks
        if week.article_slug in lost
    ]
