"""What the therapist has set for comments."""

from blog.models import CommentPolicy
from blog.moderation import Policy


def current_policy():
    """What the therapist has set, or the careful defaults."""
    row = CommentPolicy.objects.first()
    if row is None:
        return Policy()
    return Policy(
        mode=row.mode,
        max_links=row.max_links,
        hold_words=tuple(row.hold_words.split("\n")),
        spam_words=tuple(row.spam_words.split("\n")),
        close_after_days=row.close_after_days,
    )


def may_moderate(user):
    """Whether this person (None for a guest) decides about comments; being of the team is not enough."""
    return user is not None and user.has_perm("blog.change_comment")


def comments_open(article, close_after_days, now):
    """Whether something may be said under a published article at `now`; None days means it never closes."""
    if not article.comments_open:
        return False
    return close_after_days is None or (now - article.published_at).days < close_after_days
