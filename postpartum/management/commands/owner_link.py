"""The link by which the first owner of a new site makes an account."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from accounts.first_owner import VALID_FOR, has_owner, owner_token


class Command(BaseCommand):
    """`manage.py owner_link`: nothing to print, and nothing wrong, where there is an owner."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Print the link, which works once and for a day."""
        if has_owner():
            self.stderr.write("This site has an owner.")
            return
        now = timezone.now()
        address = settings.SITE_URL + reverse("first_owner", args=[owner_token(now)])
        self.stdout.write(
            f"\n  This site has no owner yet. Whoever opens this link first becomes it "
            f"(until {now + VALID_FOR:%Y-%m-%d %H:%M} UTC):\n\n  {address}\n"
        )
