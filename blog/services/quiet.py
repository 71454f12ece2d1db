"""No more mails."""

from django.db import transaction

from blog.models import Comment, QuietAddress


@transaction.atomic
def be_quiet(comment, now):
    """Send nothing about comments to the address of this one, ever again; asked twice it is the same."""
    Comment.objects.filter(email__iexact=comment.email).update(wants_answers=False)
    QuietAddress.objects.bulk_create(
        [QuietAddress(email=comment.email.lower(), since=now)], ignore_conflicts=True
    )
