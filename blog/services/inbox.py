"""One conversation of the inbox, ready to show."""

from dataclasses import dataclass

from blog.models import Comment, ReadyPhrase

from .moderating import conversation_of
from .trusting import with_trust

OPEN = "open"  # in the address of the inbox: the number of the comment whose conversation is shown


@dataclass(frozen=True)
class Conversation:
    """A comment with all it belongs to: `said` from the first words on, what its writer said before, ready phrases.

    `comment` has `is_trusted`; `approved` counts other approved comments of the same person.
    """

    comment: Comment
    said: list[Comment]
    approved: int
    phrases: list[ReadyPhrase]

    @property
    def is_of_somebody(self) -> bool:
        """Return whether the writer can be known again, by account or address."""
        return bool(self.comment.author_id or self.comment.email)


def open_conversation(pk: int) -> Conversation | None:
    """Return the conversation of the comment; None without one (six queries, however long it is)."""
    rows = Comment.objects.select_related("article", "parent", "author").filter(pk=pk)
    comment = with_trust(rows).first()
    if comment is None:
        return None
    person = Comment.objects.by_person(email=comment.email, author=comment.author)
    others = person.approved().exclude(pk=comment.pk) if comment.author_id or comment.email else person.none()
    return Conversation(comment, conversation_of(comment), others.count(), list(ReadyPhrase.objects.all()))
