"""Run worked examples against the rules: `script/manage check_rules FILE…`. Needs no database."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from programs.rules.worked_examples import ExampleError, run_examples


class Command(BaseCommand):
    help = (
        "Runs worked examples (JSON: checkin_cases.json, screening.json, or one object with any of the lists "
        "checkin, carryOver, progression, screening), prints every failure and how many passed and failed."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, files, **options):
        passed = failed = unreadable = 0
        for path in files:
            try:
                verdicts = run_examples(_read(path))
            except ExampleError as error:
                unreadable += 1
                self.stderr.write(f"{path}: {error}")
                continue
            for verdict in verdicts:
                for problem in verdict.problems:
                    self.stdout.write(f"FAILED {path}: {verdict.kind} {verdict.case}: {problem}")
            failed += sum(bool(verdict.problems) for verdict in verdicts)
            passed += sum(not verdict.problems for verdict in verdicts)
        self.stdout.write(f"{passed} passed, {failed} failed")
        if failed or unreadable:
            sys.exit(1)


def _read(path):
    """The JSON of a file; raises ExampleError with what is wrong with it."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ExampleError(f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ExampleError("is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise ExampleError(
            f"is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
