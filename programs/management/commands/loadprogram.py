"""manage.py loadprogram [--check] [--publish]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.files import CONTENT, BrokenContent, read_content
from programs.models import Release
from programs.plan import name_of
from programs.services.loading import Loading, load
from programs.services.publishing import is_ahead, publish


class Command(BaseCommand):
    """Load the content files; the first load also publishes the first release."""

    help = "Checks the content files and loads them; never overwrites what was edited in the admin since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check, which changes nothing, --publish, which makes a release afterwards, and --folder."""
        parser.add_argument("--check", action="store_true", help="only say what is wrong with the files")
        parser.add_argument("--publish", action="store_true", help="publish what is written after loading")
        parser.add_argument("--folder", default=CONTENT, help="where the files are")

    def handle(self, *, check: bool, publish: bool, folder: str, verbosity: int, **options: Any) -> None:
        """Load the files and report. Raise CommandError with every problem if the files are invalid."""
        self.verbosity = verbosity
        try:
            if check:
                read_content(Path(folder))
                self._say(_("The content files are in order."))
            else:
                self._load(Path(folder), publish)
        except BrokenContent as error:
            count = _("%(count)d to mend; nothing was loaded.") % {"count": len(error.problems)}
            raise CommandError(f"{error}\n{count}") from error

    def _load(self, folder: Path, wants_release: bool) -> None:
        loading = load(folder)
        if loading.unchanged:
            self._say(_("The content files are those loaded last."))
        else:
            numbers = {"created": len(loading.created), "updated": len(loading.updated)}
            self._say(_("Loaded: %(created)d new, %(updated)d changed.") % numbers)
        for where in loading.kept:
            self._say(_("Kept as edited: %(name)s") % {"name": name_of(where)})
        for where in loading.gone:
            self._say(_("No longer in the files, but kept: %(name)s") % {"name": name_of(where)})
        self._release(loading, wants_release)

    def _release(self, loading: Loading, wants_release: bool) -> None:
        if wants_release or not Release.objects.filter(program=loading.program).exists():
            try:
                release = publish(loading.program, None, timezone.now())
            except ValidationError as error:
                raise CommandError("\n".join(error.messages)) from error
            self._say(_("Release %(number)d is published.") % {"number": release.number})
        elif not loading.unchanged and is_ahead(loading.program):
            self._say(_("What is written is ahead of the last release; --publish makes a new one."))

    def _say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)
