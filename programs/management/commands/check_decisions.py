"""Compute every stored decision again: `manage.py check_decisions`. Nothing is changed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from programs.models import Decision
from programs.rules.placing import placed_again
from programs.rules.vocabulary import AnswerError

ROWS_AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Computes every stored decision again, from its facts and by the version of the rules that made it, and "
        "names by number those that come out otherwise: after an update, or when somebody asks why."
    )

    def handle(self, **options: Any) -> None:
        """Exit with status 1 if any differs. Numbers only: what was decided is health data and stays off the screen."""
        count = 0
        differing = []
        for decision in Decision.objects.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
            count += 1
            if not _comes_out_the_same(decision):
                differing.append(decision.pk)
        for number in differing:
            self.stdout.write(f"decision {number} comes out otherwise")
        self.stdout.write(f"{count - len(differing)} of {count} decisions come out the same")
        if differing:
            sys.exit(1)


def _comes_out_the_same(decision: Decision) -> bool:
    """Return whether the rules reproduce the decision from its facts; False for facts they no longer accept."""
    try:
        again = placed_again(decision.rule, decision.facts, decision.rules_version)
    except (AnswerError, LookupError):
        return False
    if again is None:
        return False
    result = again.result
    return (result.outcome, list(result.advice), again.week) == (
        decision.outcome,
        decision.advice,
        decision.to_week,
    )
