"""Renders the pages of a thread when a comment is moderated, so that reading needs no rendering."""

from datetime import datetime

from django.db import transaction

from blog import threads
from blog.comment_html import comment_card
from blog.models import Article, Comment, CommentPolicy, ThreadPage
from blog.moderation import Status
from blog.querysets import CommentQuerySet

READ_FIELDS = ("parent", "name", "website", "html", "status", "created_at", "author__is_staff", "article")


@transaction.atomic
def refresh_thread(article_id: int, now: datetime) -> None:
    """Render all pages of an article's thread and update its count of approved comments.

    Locks the article first, so that concurrent approvals cannot lose a comment.
    """
    article = (
        Article.objects.select_for_update()
        .only("pk", "author", "comment_count", "changed_at")
        .get(pk=article_id)
    )
    comments = {comment.pk: comment for comment in _readable_and_their_parents(article)}
    entries = (threads.Entry(c.pk, c.parent_id, c.status == Status.APPROVED) for c in comments.values())
    pages = threads.pages(threads.arrange(entries))

    def card(line: threads.Line) -> str:
        return comment_card(comments[line.id], line, comments.get(line.reply_to), article.author_id)

    depth = CommentPolicy.objects.values_list("max_depth", flat=True).first()
    article.thread_pages.all().delete()
    ThreadPage.objects.bulk_create(
        ThreadPage(
            article=article,
            number=number,
            comment_ids=[entry.id for entry in page],
            html=threads.nest(threads.lay_out(page, threads.MAX_DEPTH if depth is None else depth), card),
        )
        for number, page in enumerate(pages, start=1)
    )
    article.comment_count = sum(comment.status == Status.APPROVED for comment in comments.values())
    article.changed_at = now
    article.save(update_fields=["comment_count", "changed_at"])


def _readable_and_their_parents(article: Article) -> CommentQuerySet:
    """Return every comment of the article, oldest first, with the fields that rendering needs."""
    return Comment.objects.filter(article=article).select_related("author").only(*READ_FIELDS).oldest_first()
