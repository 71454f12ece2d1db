"""No more mails."""

from django.db import transaction

from blog.models import Comment, UnsubscribedAddress


@transaction.atomic
def unsubscribe(comment, now):
    """Send nothing about comments to the address of this one, ever again; asked twice it is the same."""
    Comment.objects.filter(email__iexact=comment.email).update(wants_answers=False)
    UnsubscribedAddress.objects.bulk_create(
        [UnsubscribedAddress(email=comment.email.lower(), since=now)], ignore_conflicts=True
    )
