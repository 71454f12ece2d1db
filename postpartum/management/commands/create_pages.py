"""manage.py create_pages"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.services import create_first_pages
from common.practice import practice_details
from postpartum.models import AccountTerms


class Command(BaseCommand):
    """Create the pages every site starts with."""

    help = "Creates About, Contact, Privacy and Terms as drafts, unless there is any page. Idempotent."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Create them and report how many."""
        context = {"practice": practice_details(), "terms": AccountTerms.current()}
        count = create_first_pages(context, timezone.now())
        if verbosity:
            self.stdout.write(f"{count} pages created as drafts." if count else "There are pages already.")
