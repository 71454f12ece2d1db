"""What changes on public pages by the clock alone."""

from datetime import datetime, timedelta

from blog.models import Article, CommentPolicy


def next_scheduled_change(now: datetime) -> datetime | None:
    """Return when the next article appears or the next conversation closes; None if nothing will by itself."""
    articles = Article.objects.filter(status=Article.Status.PUBLISHED).order_by("published_at")
    times = articles.values_list("published_at", flat=True)
    found = times.filter(published_at__gt=now).first()
    days = CommentPolicy.objects.values_list("close_after_days", flat=True).first()
    if days is None:
        return found
    term = timedelta(days=days)
    begun = times.filter(comments_open=True, published_at__gt=now - term).first()
    return min((one for one in (found, begun and begun + term) if one), default=None)
