"""Reminders and newsletters that are due, for machines without a permanent worker."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from postpartum.newsletter.sending import send_next_newsletter
from postpartum.reminders.sending import send_next_reminder


class Command(BaseCommand):
    """Idempotent; may run late."""

    help = "Writes the reminders and letters that are due into the queue. The worker does so by itself."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Queue everything that is due now."""
        now = timezone.now()
        for name, duty in (("reminders", send_next_reminder), ("letters", send_next_newsletter)):
            count = 0
            while duty(now):
                count += 1
            if verbosity:
                self.stdout.write(f"{name}: {count} looked at")
