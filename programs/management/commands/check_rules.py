"""Run worked examples against the rules: `script/manage check_rules FILE…`. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from common.danger_words import tier_of
from programs.rules.worked_examples import ExampleError, Verdict, run_examples


class Command(BaseCommand):
    help = (
        "Runs worked examples (JSON: checkin_cases.json, screening.json, program.json, danger_words.json, or "
        "one object with any of their lists), prints every failure and how many passed and failed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one or more JSON files."""
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *, files: Sequence[Path], **options: Any) -> None:
        """Run the examples; exit with status 1 if any failed or could not be read."""
        passed = failed = unreadable = 0
        for path in files:
            try:
                verdicts = _run(_read(path))
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


def _run(document: Any) -> list[Verdict]:
    """Return the verdicts on a document of worked examples, or of sentences to check for words of danger."""
    if isinstance(document, dict) and {"languages", "examples"} <= document.keys():
        return [_sentence(example) for example in _sentences(document["examples"])]
    return run_examples(document)


def _sentences(examples: Any) -> list[dict[str, Any]]:
    """Return the sentences of all languages. Raise ExampleError if the shape is wrong."""
    listed = examples.values() if isinstance(examples, dict) else [examples]
    if not all(isinstance(some, list) and all(isinstance(one, dict) for one in some) for some in listed):
        raise ExampleError('"examples" must hold lists of sentences')
    return [one for some in listed for one in some]


def _sentence(example: dict[str, Any]) -> Verdict:
    """Return the verdict on one sentence, whose `tier` is hold, help, or null for none."""
    wanted, got = example.get("tier") or "none", tier_of(str(example.get("text", ""))).name.lower()
    problems = () if wanted == got else (f"tier: expected {wanted}, got {got}",)
    return Verdict("sentence", str(example.get("text", "")), problems)


def _read(path: Path) -> Any:
    """Return the JSON of a file. Raise ExampleError with the reason if it is not readable JSON."""
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
