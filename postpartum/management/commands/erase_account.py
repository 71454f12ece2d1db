"""Ask for an account and everything in it to be erased, for somebody who cannot sign in to ask."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from postpartum.models import Erasure
from postpartum.privacy.erasure import ask_erasure, erase_without_grace


class Command(BaseCommand):
    """`manage.py erase_account EMAIL… [--at-once]`: who wrote to us, or is back with an older backup."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the addresses and --at-once."""
        parser.add_argument("emails", nargs="+", metavar="EMAIL")
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="without the mail and the days to change her mind: they are over, or she wants none",
        )

    def handle(self, *, emails: list[str], at_once: bool, verbosity: int, **options: Any) -> None:
        """Request the erasure of all accounts or, where one does not exist, of none. Raise CommandError."""
        now, ask = timezone.now(), erase_without_grace if at_once else ask_erasure
        for user in [self._member(email) for email in emails]:
            erasure = ask(user, Erasure.Comments.REMOVED, now)
            if verbosity:
                self.stdout.write(
                    f"{user.email}: the worker erases it on {erasure.due_at:%Y-%m-%d %H:%M} UTC."
                )

    def _member(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the address {email}. Nothing is erased.")
        if user.is_staff:
            raise CommandError(
                f"{email} works at the desk. Take the desk from that account first. Nothing is erased."
            )
        return user
