"""Make every article and conversation anew, after an update that changes how they look. Safe to run any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.services import refresh_articles, refresh_threads


class Command(BaseCommand):
    """Prints how many articles and threads were rendered."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Render each article and thread in its own transaction, so that readers never wait."""
        articles, threads = refresh_articles(), refresh_threads(timezone.now())
        self.stdout.write(f"{articles} articles and {threads} conversations made anew.")
