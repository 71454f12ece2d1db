"""Make members who have practised for a month, and print the cookies of their browsers and the therapist's, as JSON.

They are signed in already: to check the passwords of 500 would take minutes.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import User
from bench.management.commands.fill_bench import signed_in
from bench.people import THERAPIST
from bench.rows import make_members


class Command(BaseCommand):
    """For a database with the demo's people that may be thrown away."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the number of members."""
        parser.add_argument("members", type=int)

    def handle(self, members: int, **options: Any) -> None:
        """Make and print."""
        made = make_members(timezone.now(), members)
        therapist = User.objects.get(email=THERAPIST)
        cookies = {"members": list(map(signed_in, made)), "therapist": signed_in(therapist)}
        self.stdout.write(json.dumps(cookies))
