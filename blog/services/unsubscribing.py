"""Unsubscribes addresses from emails about comments."""

from datetime import datetime

from django.db import transaction

from blog.models import Comment, UnsubscribedAddress


@transaction.atomic
def unsubscribe(email: str, now: datetime) -> None:
    """Stop all emails about comments to this address. Idempotent."""
    Comment.objects.filter(email__iexact=email).update(wants_answers=False)
    UnsubscribedAddress.objects.bulk_create(
        [UnsubscribedAddress(email=email.lower(), since=now)], ignore_conflicts=True
    )
