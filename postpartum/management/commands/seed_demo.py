"""Demo people, articles and comments. Never for a site that real people use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from postpartum.demo.articles import seed_articles
from postpartum.demo.pages import seed_pages
from postpartum.demo.people import PASSWORD, THERAPIST, has_real_people, seed_people

REAL_PEOPLE = (
    "There are people in this database, and everybody knows the demo's password. A site of theirs is started with "
    "script/server --production; the demo wants a place of its own, such as DATA_DIR=/somewhere/else script/server"
)


class Command(BaseCommand):
    """Creates a therapist, six members with histories, and articles with comments. Idempotent."""

    help = "Seed the demo and print its sign-ins; a second run changes nothing."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        """Create what is missing. Raise CommandError beside people who are not the demo's."""
        if has_real_people():
            raise CommandError(REAL_PEOPLE)
        now = timezone.now()
        therapist = seed_people(now)
        seed_articles(therapist, now)
        seed_pages(now)
        if verbosity:
            self.stdout.write(f"Demo sign-ins: mother@example.org, {THERAPIST}; password: {PASSWORD}")
