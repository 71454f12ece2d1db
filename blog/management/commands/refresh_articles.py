"""Make every article and conversation anew, after an update that changes how they look. Safe to run any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.services import refresh_articles, refresh_threads


class Command(BaseCommand):
    """Says how many were made."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Each article is a transaction of its own, so readers never wait."""
        articles, threads = refresh_articles(), refresh_threads(timezone.now())
        self.stdout.write(f"{articles} articles and {threads} conversations made anew.")
