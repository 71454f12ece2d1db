"""Renders all articles and threads again, after a change of templates or of the maximum depth."""

from datetime import datetime

from blog.models import Article, Comment

from .articles import rerender_article
from .thread_pages import refresh_thread


def refresh_threads(now: datetime) -> int:
    """Render every thread again, each in its own transaction; return how many."""
    article_ids = Comment.objects.order_by("article").values_list("article", flat=True).distinct()
    for article_id in list(article_ids):
        refresh_thread(article_id, now)
    return len(article_ids)


def refresh_articles() -> int:
    """Render every article again, each in its own transaction, without changing its times; return how many."""
    articles = Article.objects.select_related("cover").order_by("pk")
    for article in articles.iterator(chunk_size=100):
        rerender_article(article)
    return articles.count()
